using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Flowgen.Log.Tests.Batches;

public class BatchTests
{
    [Fact]
    public void Null_and_empty_keys_and_values_differ()
    {
        var builder = new BatchBuilder();
        builder.Add(1, default, keyIsNull: true, default, valueIsNull: false);
        builder.Add(2, default, keyIsNull: false, default, valueIsNull: true);
        builder.Add(3, "k"u8, keyIsNull: false, "v"u8, valueIsNull: false);
        var batch = Stored(builder, baseOffset: 40);

        Assert.Equal((3, 40L, 42L, 1L, 3L), (batch.Count, batch.BaseOffset, batch.LastOffset, batch.MinTimestamp, batch.MaxTimestamp));
        Assert.Equal([(false, false), (true, true), (true, false)], Enumerable.Range(0, 3).Select(i => (batch[i].HasKey, batch[i].IsTombstone)));
        Assert.True(batch[2].Key.SequenceEqual("k"u8));
        Assert.True(batch[2].Value.SequenceEqual("v"u8));
        Assert.Equal([1L, 2, 3], batch.Timestamps.ToArray());
        Assert.Equal(42, batch[2].Offset);
    }

    [Fact]
    public void Headers_keep_their_order_and_the_last_of_a_name_counts()
    {
        var builder = new BatchBuilder();
        builder.StartVariable(schemaId: 7);
        builder.BeginRecord(1);
        builder.EndKey(isNull: true);
        builder.Data.WriteInt32(5);
        builder.EndValue();
        builder.AddHeader("a", [1]);
        builder.AddNullHeader("b");
        builder.AddHeader("a", [2, 3]);
        builder.EndRecord();
        builder.Add(2, default, true, [9], false);
        var batch = Stored(builder);

        var names = new List<string>();
        foreach (var header in batch[0].Headers)
            names.Add(header.Name + (header.IsNull ? "?" : ""));
        Assert.Equal(["a", "b?", "a"], names);
        Assert.True(batch[0].Headers.TryGet("a", out var last));
        Assert.Equal([2, 3], last.ToArray());
        Assert.Equal(0, batch[1].Headers.Count);
        Assert.Equal([5, 0, 0, 0], batch[0].Value.ToArray());
        Assert.Equal(7, batch.SchemaId);
    }

    [Fact]
    public void A_record_that_is_abandoned_leaves_no_trace()
    {
        var builder = new BatchBuilder();
        builder.Add(1, default, true, [1], false);
        builder.BeginRecord(2);
        builder.Data.WriteInt64(0);
        builder.AbandonRecord();
        builder.Add(1, default, true, [3], false);
        var batch = Stored(builder);

        Assert.Equal(2, batch.Count);
        Assert.Equal([3], batch[1].Value.ToArray());
    }

    [Fact]
    public void Fixed_values_are_viewed_in_place_with_the_key_that_the_layout_describes()
    {
        var layout = new RecordLayout(24, 16, LogTimeUnit.Seconds, new KeyPart(0, 4, BigEndian: true), new KeyPart(4, 2, BigEndian: false));
        var builder = new BatchBuilder();
        builder.StartFixed(3, layout);
        for (int i = 0; i < 5; i++)
        {
            var value = builder.AddFixed(1);
            value.Clear();
            BinaryPrimitives.WriteInt32LittleEndian(value, 0x01020304 + i);
            value[4] = 0xAA;
            value[5] = 0xBB;
            BinaryPrimitives.WriteInt64LittleEndian(value[16..], 10 + i);
        }

        var batch = Stored(builder);

        Assert.True(batch.IsFixed);
        Assert.Equal((5, 24, 10_000L, 14_000L), (batch.Count, batch.Stride, batch.MinTimestamp, batch.MaxTimestamp));
        Assert.Equal(0, batch.DataStart % 8);
        Assert.Equal([1, 2, 3, 6, 0xAA, 0xBB], batch[2].Key.ToArray());
        Assert.Equal(12_000, batch[2].Timestamp);
        Assert.Equal(0x01020304 + 4, MemoryMarshal.Read<int>(batch.FixedValues[(4 * 24)..]));
        Assert.True(batch.Timestamps.IsEmpty);
    }

    [Fact]
    public void Fixed_values_without_time_have_a_column_of_timestamps()
    {
        var builder = new BatchBuilder();
        builder.StartFixed(0, new RecordLayout(4, -1, LogTimeUnit.Milliseconds));
        BinaryPrimitives.WriteInt32LittleEndian(builder.AddFixed([5L, 3L])[4..], 77);
        var batch = Stored(builder);

        Assert.Equal([5L, 3L], batch.Timestamps.ToArray());
        Assert.Equal((3L, 5L, 3L), (batch.MinTimestamp, batch.MaxTimestamp, batch[1].Timestamp));
        Assert.Equal(77, MemoryMarshal.Read<int>(batch[1].Value));
        Assert.False(batch[0].HasKey);
    }

    [Theory]
    [InlineData(-1, LogTimeUnit.Milliseconds, -1)]
    [InlineData(-1, LogTimeUnit.Seconds, -1_000)]
    [InlineData(-1, LogTimeUnit.Microseconds, -1)]
    [InlineData(-1_000, LogTimeUnit.Microseconds, -1)]
    [InlineData(1_999_999, LogTimeUnit.Nanoseconds, 1)]
    [InlineData(621355968000010000, LogTimeUnit.Ticks, 1)]
    [InlineData(621355967999999999, LogTimeUnit.Ticks, -1)]
    public void Times_are_rounded_towards_the_past(long stored, LogTimeUnit unit, long milliseconds) =>
        Assert.Equal(milliseconds, LogTime.ToUnixMilliseconds(stored, unit));

    [Fact]
    public void A_layout_that_does_not_fit_is_refused()
    {
        var builder = new BatchBuilder();
        Assert.Throws<ArgumentException>(() => builder.StartFixed(0, new RecordLayout(0, -1, LogTimeUnit.Seconds)));
        Assert.Throws<ArgumentException>(() => builder.StartFixed(0, new RecordLayout(16, 9, LogTimeUnit.Seconds)));
        Assert.Throws<ArgumentException>(() => builder.StartFixed(0, new RecordLayout(8, -1, LogTimeUnit.Seconds, new KeyPart(5, 4, false))));
        Assert.Throws<InvalidOperationException>(() => builder.AddFixed(1).Length);
    }

    /// <summary>A batch with a right CRC may come from a defective program: it is refused, or read within its bounds.</summary>
    [Fact]
    public void Mutated_batches_with_a_right_CRC_never_break_a_reader()
    {
        var random = new Random(3);
        int refused = 0;
        byte[][] batches = [Bytes(Variable()), Bytes(Fixed()), Compressed(CompressionType.Lz4), Compressed(CompressionType.Zstd)];
        for (int round = 0; round < 100_000; round++)
        {
            byte[] bytes = [.. batches[round % batches.Length]];
            for (int i = random.Next(1, 4); i > 0; i--)
                bytes[BatchFormat.CrcStart + random.Next(bytes.Length - BatchFormat.CrcStart)] = (byte)random.Next(256);
            try
            {
                Read(bytes);
            }
            catch (FlowLogException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1_000, 99_000);
    }

    private static void Read(byte[] bytes)
    {
        if ((BatchHeader.Defect(bytes, bytes.Length) ?? BatchHeader.Unreadable(bytes) ?? BatchHeader.Contradiction(bytes)) is { } defect)
            throw new LogCorruptionException(defect);
        int length = BatchHeader.Length(bytes);
        if (BatchCompression.Of(bytes) != CompressionType.None)
        {
            byte[] plain = [];
            if (BatchCompression.Decompress(bytes.AsSpan(0, length), ref plain, 1 << 20, out length) is { } damage)
                throw new LogCorruptionException(damage);
            bytes = plain;
        }

        if (BatchOffsets.HasColumn(bytes) && BatchOffsets.Contradict(bytes))
            throw new LogCorruptionException("offsets");
        BatchHeader.ShowAppendTime(bytes);
        var batch = new RecordBatch(bytes, 0, length, "t", 0, 0);
        long sum = batch.LastOffset + batch.Timestamps.Length;
        for (int i = 0; i < batch.Count; i++)
        {
            var record = batch[i];
            sum += record.Timestamp + record.Key.Length + record.Value.Length;
            foreach (var header in record.Headers)
                sum += header.NameUtf8.Length + header.Value.Length;
        }

        GC.KeepAlive(sum);
    }

    private static byte[] Compressed(CompressionType compression)
    {
        var builder = new BatchBuilder();
        for (int i = 0; i < 20; i++)
            builder.Add(i, [1, 2], false, "the same value again"u8, false);
        var buffer = new ByteBuffer();
        builder.CopyTo(buffer, compression);
        byte[] bytes = buffer.Written.ToArray();
        BatchHeader.Seal(bytes, 0, appendedAt: 99);
        Assert.Equal(compression, BatchCompression.Of(bytes));
        return bytes;
    }

    private static BatchBuilder Variable()
    {
        var builder = new BatchBuilder();
        builder.Add(1, [1, 2], false, [3, 4, 5], false);
        builder.BeginRecord(2);
        builder.EndKey(true);
        builder.EndValue(true);
        builder.AddHeader("name", [1, 2, 3]);
        builder.EndRecord();
        return builder;
    }

    private static BatchBuilder Fixed()
    {
        var builder = new BatchBuilder();
        builder.StartFixed(1, new RecordLayout(16, 8, LogTimeUnit.Ticks, new KeyPart(0, 4, true), new KeyPart(4, 4, false)));
        builder.AddFixed(3).Clear();
        return builder;
    }

    private static RecordBatch Stored(BatchBuilder builder, long baseOffset = 0)
    {
        byte[] bytes = Bytes(builder, baseOffset);
        Assert.True(BatchHeader.CrcIsRight(bytes, out _, out _));
        Assert.Null(BatchHeader.Defect(bytes, bytes.Length) ?? BatchHeader.Unreadable(bytes) ?? BatchHeader.Contradiction(bytes));
        return new RecordBatch(bytes, 0, bytes.Length, "t", 0, 0);
    }

    private static byte[] Bytes(BatchBuilder builder, long baseOffset = 0)
    {
        var buffer = new ByteBuffer();
        builder.CopyTo(buffer);
        Assert.Equal(builder.SizeInBytes, buffer.Length);
        byte[] bytes = buffer.Written.ToArray();
        BatchHeader.Seal(bytes, baseOffset, appendedAt: 99);
        return bytes;
    }
}
