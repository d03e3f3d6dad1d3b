using Flowgen.Runtime;
using Flowgen.Runtime.Tests.Codecs;

namespace Flowgen.Log.Tests.Fuzz;

/// <summary>Payloads of records, read with the schema of the reader, and with that of a writer.</summary>
internal sealed class PayloadTarget : FuzzTarget
{
    private readonly StringPool _strings = new();
    private readonly SchemaMap _map = new(ParcelCodec.Schema, ParcelCodec.Schema);

    public override string Name => "payload";

    public override byte[] Sample(Random random)
    {
        var to = new ByteBuffer();
        var parcel = new Parcel(random.Next(), new string('c', random.Next(40)), "a note", 5, random.Next(2) == 0 ? 1.5 : null, [.. Enumerable.Range(0, random.Next(9))]);
        ParcelCodec.Write(in parcel, to);
        return to.Written.ToArray();
    }

    public override void Repair(byte[] input, Random random)
    {
    }

    public override void Decode(byte[] input)
    {
        Exception? own = null;
        try
        {
            var reader = new RecordReader(input, 0, input.Length, _strings);
            ParcelCodec.Read(ref reader, out _);
        }
        catch (RecordFormatException e)
        {
            own = e;
        }

        var evolved = new RecordReader(input, 0, input.Length, _strings);
        ParcelCodec.ReadEvolved(ref evolved, _map, out _);
        if (own is not null)
            throw new RecordFormatException(own.Message, own);
    }
}
