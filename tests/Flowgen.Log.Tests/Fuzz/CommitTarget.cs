using System.Buffers.Binary;
using Flowgen.Log.Commits;
using Flowgen.Log.Storage;
using Flowgen.Log.Tests.Corruption;
using Flowgen.Log.Tests.Simulation;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Fuzz;

/// <summary>Commit files: checkpoints, entries of many kinds, journaled batches.</summary>
/// <param name="name">For messages.</param>
/// <param name="scenarios">The lives whose last commit files are the samples.</param>
internal sealed class CommitTarget(string name, IEnumerable<Scenario> scenarios) : FuzzTarget
{
    private readonly List<(SimulatedFileSystem Disk, string Path, byte[] Content)> _samples = [.. scenarios.Select(SampleOf)];

    /// <summary>Lives drawn at random.</summary>
    public static CommitTarget OfRandomLives() => new("commits", Enumerable.Range(0, 12).Select(seed => RandomScenario.Create(seed, steps: 12)));

    /// <summary>Lives with producers and their ids, groups that are deleted, segments that are replaced.</summary>
    public static CommitTarget OfProducersAndGroups() => new("producers", [Scenarios.Shared, Scenarios.Stamped, Scenarios.Expiring, Scenarios.BackedUp]);

    public override string Name => name;

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

    private static (SimulatedFileSystem Disk, string Path, byte[] Content) SampleOf(Scenario scenario)
    {
        var disk = new SimulatedFileSystem();
        var run = new ScenarioRun(scenario, disk);
        run.Open();
        while (!run.IsDone)
            run.TakeNext();
        disk.Plant(Path.Combine(Scenario.Directory, LogLayout.DurableName), null);
        var (path, content) = disk.Entries.Last(e => e.Path.StartsWith(Scenario.Directory, StringComparison.Ordinal) && e.Path.EndsWith(LogLayout.CommitsSuffix, StringComparison.Ordinal));
        return (disk, path, content!.ToArray());
    }

    private static void WriteCrc(Span<byte> record) => BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Crc32C.Compute(record[8..]));
}
