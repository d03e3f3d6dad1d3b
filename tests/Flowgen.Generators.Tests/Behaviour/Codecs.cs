using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Generators.Tests.Behaviour;

/// <summary>Writes and reads single records through their generated codecs.</summary>
internal static class Codecs
{
    public static byte[] Write<TRecord, TCodec>(in TRecord record)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        ByteBuffer buffer = new();
        TCodec.Write(in record, buffer);
        return buffer.Written.ToArray();
    }

    public static TRecord Read<TRecord, TCodec>(byte[] payload)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        RecordReader reader = new(payload, 0, payload.Length, new StringPool());
        TCodec.Read(ref reader, out TRecord record);
        return record;
    }

    public static TRecord RoundTrip<TRecord, TCodec>(in TRecord record)
        where TCodec : struct, IRecordCodec<TRecord> =>
        Read<TRecord, TCodec>(Write<TRecord, TCodec>(in record));

    /// <summary>Reads with one type what another type, its older or newer version, has written.</summary>
    public static TTo Evolve<TFrom, TFromCodec, TTo, TToCodec>(in TFrom record)
        where TFromCodec : struct, IRecordCodec<TFrom>
        where TToCodec : struct, IRecordCodec<TTo>
    {
        byte[] payload = Write<TFrom, TFromCodec>(in record);
        RecordReader reader = new(payload, 0, payload.Length, new StringPool());
        TToCodec.ReadEvolved(ref reader, new SchemaMap(TFromCodec.Schema, TToCodec.Schema), out TTo evolved);
        return evolved;
    }

    public static byte[] KeyOf<TRecord, TCodec>(in TRecord record)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        ByteBuffer buffer = new();
        TCodec.WriteKey(in record, buffer);
        Assert.Equal(Murmur2.Hash(buffer.Written), TCodec.PartitionHash(in record));
        return buffer.Written.ToArray();
    }
}
