using System.Buffers.Binary;
using Flowgen.Log.Storage;
using Flowgen.Log.Tests.Corruption;
using Flowgen.Log.Tests.Simulation;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Fuzz;

/// <summary>Batches as a segment holds them: of every shape, plain and compressed.</summary>
internal sealed class BatchTarget : FuzzTarget, IDisposable
{
    private readonly List<(SimulatedFileSystem Disk, FlowLog Log, string Path, byte[] Header, byte[] Batch)> _samples = [];

    public BatchTarget()
    {
        foreach (var compression in (TopicCompression[])[TopicCompression.Uncompressed, TopicCompression.Lz4, TopicCompression.Zstd])
        {
            foreach (var batch in Batches())
                _samples.Add(Store(batch, compression));
        }
    }

    public override string Name => "batch";

    public override byte[] Sample(Random random) => _samples[random.Next(_samples.Count)].Batch;

    public override void Repair(byte[] input, Random random)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(input, BatchFormat.Magic);
        if (random.Next(4) > 0)
        {
            BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(BatchFormat.LengthAt), input.Length);
            BinaryPrimitives.WriteInt64LittleEndian(input.AsSpan(BatchFormat.BaseOffsetAt), 0);
            BinaryPrimitives.WriteUInt16LittleEndian(input.AsSpan(BatchFormat.VersionAt), BatchFormat.Version);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(input.AsSpan(BatchFormat.CrcAt), Crc32C.Compute(input.AsSpan(BatchFormat.CrcStart)));
    }

    public override void Decode(byte[] input)
    {
        var (disk, log, path, header, _) = _samples.First(s => s.Batch.Length == input.Length);
        disk.Plant(path, PagedContent.Of([.. header, .. input]));
        LogFingerprint.Of(log);
    }

    public void Dispose()
    {
        foreach (var sample in _samples)
            sample.Log.Dispose();
    }

    private static IEnumerable<BatchBuilder> Batches()
    {
        yield return ScenarioBatch.Of([.. Enumerable.Range(0, 20).Select(i => new ModelRecord($"key{i}", i % 5 == 0 ? null : new string('x', i * 9), 1_000 + i))]);
        yield return ScenarioBatch.Of([.. Enumerable.Range(0, 8).Select(i => new ModelRecord($"key{i}", $"value {i}", 1_000 + i, " header:value other:2"))]);
        yield return ScenarioBatch.Of(new ModelRecord(null, "one"));
        yield return Fixed(timeOffset: 0);
        yield return Fixed(timeOffset: -1);
    }

    private static BatchBuilder Fixed(int timeOffset)
    {
        var batch = new BatchBuilder();
        batch.StartFixed(0, new RecordLayout(24, timeOffset, LogTimeUnit.Milliseconds, new KeyPart(8, 4, BigEndian: true), new KeyPart(12, 2, BigEndian: false)));
        if (timeOffset < 0)
            batch.AddFixed([.. Enumerable.Range(0, 30).Select(i => 1_000L + i)]);
        else
            batch.AddFixed(30);
        batch.NoteTimestamps(0, 2_000);
        return batch;
    }

    private static (SimulatedFileSystem, FlowLog, string, byte[], byte[]) Store(BatchBuilder batch, TopicCompression compression)
    {
        var disk = new SimulatedFileSystem();
        using (var log = Scenario.Open(disk))
        {
            log.CreateTopic("t", new TopicSettings { Compression = compression });
            using var transaction = log.BeginTransaction();
            transaction.Append("t", 0, batch);
            transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
        }

        string path = disk.Entries.Single(e => e.Path.EndsWith(LogLayout.SegmentSuffix, StringComparison.Ordinal)).Path;
        byte[] segment = disk.Entries.Single(e => e.Path == path).Content!.ToArray();
        return (disk, Scenario.Open(disk), path, segment[..SegmentHeader.Size], segment[SegmentHeader.Size..]);
    }
}
