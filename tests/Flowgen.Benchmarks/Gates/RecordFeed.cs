using System.Buffers.Binary;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Gates;

/// <summary>One call for each record, which gets its time from the clock of the log.</summary>
internal sealed class RecordFeed : IFeed
{
    public string Description => "key of 8 and value of 92 bytes, one call for each record";

    public void Send(Producer producer, int records)
    {
        Span<byte> key = stackalloc byte[8];
        ReadOnlySpan<byte> value = new byte[92];
        for (int i = 0; i < records; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(key, i);
            producer.Send(AppendGate.Topic, key, value);
        }
    }
}
