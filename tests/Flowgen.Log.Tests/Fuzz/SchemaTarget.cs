using System.Text;
using Flowgen.Runtime;
using Flowgen.Runtime.Tests.Codecs;

namespace Flowgen.Log.Tests.Fuzz;

/// <summary>Schemas as they are stored beside a topic.</summary>
internal sealed class SchemaTarget : FuzzTarget
{
    private readonly byte[] _schema = ParcelCodec.Schema.ToJson();

    public override string Name => "schema";

    public override byte[] Sample(Random random) => _schema;

    // A digit or a letter in the place of another one is still JSON.
    public override void Repair(byte[] input, Random random)
    {
        for (int i = 0; i < input.Length; i++)
        {
            if (input[i] < ' ' || input[i] > '~')
                input[i] = (byte)('0' + (input[i] % 10));
        }
    }

    public override void Decode(byte[] input)
    {
        var schema = RecordSchema.Parse(input);
        if (Encoding.UTF8.GetString(schema.ToJson()).Length == 0)
            throw new InvalidOperationException("A schema without text.");
    }
}
