using System.Buffers.Binary;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Gates;

/// <summary>
/// Values of one length, as the encoders of the engine lay them out, which hold their key and their time: one call for each 64 KiB. The
/// time is that at which the batch was begun.
/// </summary>
internal sealed class FixedFeed : IFeed
{
    private const int ValueBytes = 100;
    private const int KeyBytes = 8;
    private const int ValuesInBatch = (64 << 10) / ValueBytes;

    private readonly RecordLayout _layout = new(ValueBytes, TimeOffset: KeyBytes, LogTimeUnit.Milliseconds, new KeyPart(Offset: 0, Length: KeyBytes, BigEndian: true));

    public string Description => "fixed values of 100 bytes with key and time, one call for each 64 KiB";

    public void Send(Producer producer, int records)
    {
        ReadOnlySpan<byte> rest = new byte[ValueBytes - KeyBytes - sizeof(long)];
        BatchBuilder batch = new();
        for (int sent = 0; sent < records; sent += batch.Count)
        {
            batch.StartFixed(schemaId: 0, _layout);
            long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            int count = Math.Min(ValuesInBatch, records - sent);
            Span<byte> values = batch.AddFixed(count);
            for (int i = 0; i < count; i++)
            {
                Span<byte> value = values.Slice(i * ValueBytes, ValueBytes);
                BinaryPrimitives.WriteInt64BigEndian(value, sent + i);
                BinaryPrimitives.WriteInt64LittleEndian(value[KeyBytes..], now);
                rest.CopyTo(value[(KeyBytes + sizeof(long))..]);
            }

            batch.NoteTimestamps(now, now);
            producer.Send(AppendGate.Topic, 0, batch);
        }
    }
}
