using System.Buffers.Binary;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Gates;

/// <summary>One call for each batch of 64 KiB, whose records have the time at which the batch was begun.</summary>
internal sealed class BatchFeed : IFeed
{
    private const int BatchBytes = 64 << 10;

    public string Description => "key of 8 and value of 92 bytes, one call for each 64 KiB";

    public void Send(Producer producer, int records)
    {
        Span<byte> key = stackalloc byte[8];
        ReadOnlySpan<byte> value = new byte[92];
        BatchBuilder batch = new();
        long now = 0;
        for (int i = 0; i < records; i++)
        {
            if (batch.Count == 0) now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            BinaryPrimitives.WriteInt64BigEndian(key, i);
            batch.Add(now, key, keyIsNull: false, value, valueIsNull: false);
            if (batch.SizeInBytes < BatchBytes && i < records - 1) continue;
            producer.Send(AppendGate.Topic, 0, batch);
            batch.Clear();
        }
    }
}
