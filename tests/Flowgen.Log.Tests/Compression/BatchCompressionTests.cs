using System.Buffers.Binary;
using System.Text;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Compression;

public class BatchCompressionTests
{
    private const int MaxBatchBytes = 32 << 20;

    [Theory]
    [InlineData(CompressionType.Lz4)]
    [InlineData(CompressionType.Zstd)]
    public void A_compressed_batch_comes_back_as_it_was(CompressionType compression)
    {
        byte[] plain = Batch(1_000, CompressionType.None);
        byte[] stored = Batch(1_000, compression);

        Assert.True(stored.Length < plain.Length / 2, $"{stored.Length} of {plain.Length} bytes");
        Assert.Equal(plain, Decompressed(stored));
    }

    [Theory]
    [InlineData(CompressionType.Lz4)]
    [InlineData(CompressionType.Zstd)]
    public void A_batch_that_would_not_get_smaller_is_stored_as_it_is(CompressionType compression)
    {
        var noise = new byte[10_000];
        new Random(1).NextBytes(noise);
        var builder = new BatchBuilder();
        builder.Add(1, default, true, noise, false);
        var buffer = new ByteBuffer();

        builder.CopyTo(buffer, compression);

        Assert.Equal(CompressionType.None, BatchCompression.Of(buffer.Written));
        Assert.Equal(builder.SizeInBytes, buffer.Length);
    }

    [Fact]
    public void A_batch_that_would_get_suspiciously_small_is_stored_as_it_is()
    {
        var builder = new BatchBuilder();
        builder.Add(1, default, true, new byte[16 << 20], false);
        var buffer = new ByteBuffer();

        builder.CopyTo(buffer, CompressionType.Zstd);

        Assert.Equal(CompressionType.None, BatchCompression.Of(buffer.Written));
    }

    [Theory]
    [InlineData(CompressionType.Lz4, 120)]
    [InlineData(CompressionType.Zstd, 120)]
    [InlineData(CompressionType.Lz4, 200)]
    [InlineData(CompressionType.Zstd, 200)]
    public void A_few_bytes_that_claim_to_be_two_gigabytes_allocate_next_to_nothing(CompressionType compression, int length)
    {
        foreach (int claim in (int[])[int.MaxValue & ~7, 1 << 30, MaxBatchBytes, MaxBatchBytes - BatchFormat.HeaderSize, 1 << 20, -8, int.MinValue])
        {
            byte[] batch = Claim(compression, length, claim);
            long before = GC.GetAllocatedBytesForCurrentThread();
            byte[] plain = [];
            string? defect = BatchCompression.Decompress(batch, ref plain, MaxBatchBytes, out _);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.NotNull(defect);
            Assert.InRange(allocated, 0, (64 << 10) - 1);
        }
    }

    [Theory]
    [InlineData(CompressionType.Lz4)]
    [InlineData(CompressionType.Zstd)]
    public void Every_cut_and_every_changed_byte_is_a_defect_or_another_plain_form_of_the_right_length(CompressionType compression)
    {
        byte[] stored = Batch(50, compression);
        var random = new Random(7);
        for (int at = BatchFormat.HeaderSize; at < stored.Length; at++)
        {
            byte[] changed = [.. stored];
            changed[at] ^= (byte)random.Next(1, 256);
            byte[] plain = [];
            if (BatchCompression.Decompress(changed, ref plain, MaxBatchBytes, out int length) is null)
                Assert.Equal(BatchHeader.Length(plain), length);
        }

        for (int length = BatchCompression.MinimumLength; length < stored.Length; length += 8)
        {
            byte[] plain = [];
            Assert.NotNull(BatchCompression.Decompress(stored.AsSpan(0, length), ref plain, MaxBatchBytes, out _));
        }
    }

    [Theory]
    [InlineData(CompressionType.Lz4)]
    [InlineData(CompressionType.Zstd)]
    public async Task A_damaged_payload_with_a_right_CRC_is_corruption(CompressionType compression)
    {
        using var directory = new TemporaryDirectory();
        string segment;
        using (var log = FlowLog.Open(directory.Path))
        {
            log.CreateTopic("t", new TopicSettings());
            using var transaction = log.BeginTransaction();
            transaction.Compression = compression;
            transaction.Append("t", 0, Builder(100));
            await transaction.CommitAsync();
            segment = Path.Combine(directory.Path, "topics", "t", "0", LogLayoutOf(0));
        }

        byte[] bytes = File.ReadAllBytes(segment);
        var batch = bytes.AsSpan(Flowgen.Log.Storage.SegmentHeader.Size);
        BinaryPrimitives.WriteInt32LittleEndian(batch[BatchFormat.HeaderSize..], BinaryPrimitives.ReadInt32LittleEndian(batch[BatchFormat.HeaderSize..]) + 8);
        BatchHeader.Seal(batch[..BatchHeader.Length(batch)], 0, 99);
        File.WriteAllBytes(segment, bytes);

        using var opened = FlowLog.Open(directory.Path);
        using var reader = opened.OpenReader("t", 0, 0);
        var e = Assert.Throws<LogCorruptionException>(() => reader.TryRead(out _));
        Assert.Contains("although its CRC is right", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TopicCompression.Producer, CompressionType.None, CompressionType.None)]
    [InlineData(TopicCompression.Producer, CompressionType.Lz4, CompressionType.Lz4)]
    [InlineData(TopicCompression.Uncompressed, CompressionType.Zstd, CompressionType.None)]
    [InlineData(TopicCompression.Lz4, CompressionType.Zstd, CompressionType.Lz4)]
    [InlineData(TopicCompression.Zstd, CompressionType.None, CompressionType.Zstd)]
    public async Task The_topic_decides_or_leaves_it_to_the_producer(TopicCompression topic, CompressionType producer, CompressionType stored)
    {
        using var directory = new TemporaryDirectory();
        using (var log = FlowLog.Open(directory.Path))
        {
            log.CreateTopic("t", new TopicSettings { Compression = topic });
            using var transaction = log.BeginTransaction();
            transaction.Compression = producer;
            transaction.Append("t", 0, Builder(100));
            await transaction.CommitAsync();
            Assert.Equal(Enumerable.Range(0, 100).Select(i => $"the value with the number {i}"), log.ReadAll("t", 0));
        }

        byte[] bytes = File.ReadAllBytes(Path.Combine(directory.Path, "topics", "t", "0", LogLayoutOf(0)));
        Assert.Equal(stored, BatchCompression.Of(bytes.AsSpan(Flowgen.Log.Storage.SegmentHeader.Size)));
    }

    [Theory]
    [InlineData(CompressionType.Lz4)]
    [InlineData(CompressionType.Zstd)]
    public void Writing_and_reading_compressed_batches_allocates_nothing(CompressionType compression)
    {
        var builder = Builder(500);
        var buffer = new ByteBuffer(1 << 20);
        byte[] plain = new byte[1 << 20];
        long allocated = long.MaxValue;
        for (int pass = 0; pass < 5; pass++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++)
            {
                buffer.Clear();
                builder.CopyTo(buffer, compression);
                Assert.Null(BatchCompression.Decompress(buffer.Written, ref plain, MaxBatchBytes, out _));
            }

            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, allocated);
    }

    [Theory]
    [InlineData(CompressionType.None)]
    [InlineData(CompressionType.Lz4)]
    public async Task With_LogAppendTime_every_record_has_the_time_of_its_append(CompressionType compression)
    {
        using var directory = new TemporaryDirectory();
        using var log = FlowLog.Open(directory.Path);
        log.CreateTopic("t", new TopicSettings { TimestampType = TimestampType.LogAppendTime });
        using var transaction = log.BeginTransaction();
        transaction.Compression = compression;
        transaction.Append("t", 0, Builder(100));
        await transaction.CommitAsync();

        using var reader = log.OpenReader("t", 0, 0);
        Assert.True(reader.TryRead(out var batch));
        Assert.Equal(TimestampType.LogAppendTime, batch.TimestampType);
        Assert.True(batch.AppendedAt > 1_000_000);
        Assert.All(batch.Timestamps.ToArray(), t => Assert.NotEqual(7, t));
        Assert.Equal((batch.AppendedAt, batch.AppendedAt, batch.AppendedAt), (batch.MinTimestamp, batch.MaxTimestamp, batch[99].Timestamp));
        Assert.Equal(100, log.FindOffset("t", 0, batch.AppendedAt + 1));
        Assert.Equal(0, log.FindOffset("t", 0, batch.AppendedAt));
    }

    private static string LogLayoutOf(long baseOffset) => Flowgen.Log.Storage.LogLayout.SegmentName(baseOffset, 0);

    private static byte[] Claim(CompressionType compression, int length, int claim)
    {
        byte[] batch = [.. Batch(100, compression)[..length]];
        BinaryPrimitives.WriteInt32LittleEndian(batch.AsSpan(BatchFormat.LengthAt), length);
        BinaryPrimitives.WriteInt32LittleEndian(batch.AsSpan(BatchFormat.HeaderSize), claim);
        BinaryPrimitives.WriteInt32LittleEndian(batch.AsSpan(BatchFormat.HeaderSize + 4), length - BatchFormat.HeaderSize - 8);
        return batch;
    }

    private static byte[] Decompressed(byte[] stored)
    {
        byte[] plain = [];
        Assert.Null(BatchCompression.Decompress(stored, ref plain, MaxBatchBytes, out int length));
        return plain[..length];
    }

    private static byte[] Batch(int records, CompressionType compression)
    {
        var buffer = new ByteBuffer();
        Builder(records).CopyTo(buffer, compression);
        return buffer.Written.ToArray();
    }

    private static BatchBuilder Builder(int records)
    {
        var builder = new BatchBuilder();
        for (int i = 0; i < records; i++)
            builder.Add(7, default, true, Encoding.UTF8.GetBytes($"the value with the number {i}"), false);
        return builder;
    }
}
