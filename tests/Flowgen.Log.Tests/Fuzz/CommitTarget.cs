using System.Buffers.Binary;
using Flowgen.Log.Commits;
using Flowgen.Log.Storage;
using Flowgen.Log.Tests.Corruption;
using Flowgen.Log.Tests.Simulation;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Fuzz;

/// <summary>Commit files: checkpoints, entries of every kind, journaled batches.</summary>
internal sealed class CommitTarget : FuzzTarget
{
    private const int Scenarios = 12;

    private readonly List<(SimulatedFileSystem Disk, string Path, byte[] Content)> _samples = [];

    public CommitTarget()
    {
        for (int seed = 0; seed < Scenarios; seed++)
        {
            var disk = new SimulatedFileSystem();
            var run = new ScenarioRun(RandomScenario.Create(seed, steps: 12), disk);
            run.Open();
            while (!run.IsDone)
                run.TakeNext();
            disk.Plant(Path.Combine(Scenario.Directory, LogLayout.DurableName), null);
            var (path, content) = disk.Entries.Last(e => e.Path.EndsWith(LogLayout.CommitsSuffix, StringComparison.Ordinal));
            _samples.Add((disk, path, content!.ToArray()));
        }
    }

    public override string Name => "commits";

    public override byte[] Sample(Random random) => _samples[random.Next(_samples.Count)].Content;

    public override void Repair(byte[] input, Random random)
    {
        WriteCrc(input.AsSpan(0, CommitFormat.FileHeaderSize));
        for (int at = CommitFormat.FileHeaderSize; at + CommitFormat.RecordHeaderSize <= input.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(input.AsSpan(at + 8));
            if (length < CommitFormat.RecordHeaderSize || length > input.Length - at)
                return;
            WriteCrc(input.AsSpan(at, length));
            at += length;
        }
    }

    public override void Decode(byte[] input)
    {
        var (source, path, _) = _samples.First(s => s.Content.Length == input.Length);
        var disk = source.Restart(Loss.Nothing, seed: 0);
        disk.Plant(path, PagedContent.Of(input));
        using var log = Scenario.Open(disk);
        LogFingerprint.Of(log);
    }

    private static void WriteCrc(Span<byte> record) => BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Crc32C.Compute(record[8..]));
}
