using Flowgen.Log.Tests.Simulation;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Corruption;

/// <summary>A log on a disk, of which one file is damaged in one way after the other.</summary>
internal sealed class DamagedLog
{
    private readonly SimulatedFileSystem _disk;
    private readonly string _path;
    private readonly HashSet<ulong> _allowed;

    /// <summary>Takes a log.</summary>
    /// <param name="disk">The disk with the log; it stays as it is.</param>
    /// <param name="path">The file to be damaged.</param>
    /// <param name="allowed">What the log may show.</param>
    public DamagedLog(SimulatedFileSystem disk, string path, params IEnumerable<ulong> allowed)
    {
        _disk = disk;
        _path = path;
        _allowed = [.. allowed];
        Content = disk.Entries.Single(e => e.Path == path).Content!;
    }

    public PagedContent Content { get; }

    public int RefusedWhenOpened { get; private set; }

    public int FoundWhenRead { get; private set; }

    public int WithoutConsequence { get; private set; }

    public int Cases => RefusedWhenOpened + FoundWhenRead + WithoutConsequence;

    public override string ToString() => $"{Path.GetFileName(_path)}: {Cases} damages, {RefusedWhenOpened} refused when opened, {FoundWhenRead} found when read, {WithoutConsequence} without consequence";

    /// <summary>What is wrong if the file has this content, or is missing: a silent difference, or a byte that an error has changed.</summary>
    public string? Violation(PagedContent? damaged)
    {
        var disk = _disk.Restart(Loss.Nothing, seed: 0);
        disk.Plant(_path, damaged);
        FlowLog log;
        try
        {
            log = Scenario.Open(disk);
        }
        catch (FlowLogException e)
        {
            RefusedWhenOpened++;
            return disk.Operations == 0 ? null : $"the log was changed, although it was refused: {e.Message}";
        }

        using (log)
            return Read(log);
    }

    /// <summary>
    /// What is wrong if batches of the segment get other contents, one after the other, while the log is open. Only such a batch and the next
    /// one are read.
    /// </summary>
    public IEnumerable<string?> ViolationsWhileOpen(IEnumerable<(long Batch, IEnumerable<PagedContent> Damaged)> damages)
    {
        var disk = _disk.Restart(Loss.Nothing, seed: 0);
        using var log = Scenario.Open(disk);
        foreach (var (batch, contents) in damages)
        {
            disk.Plant(_path, Content);
            ulong good = Around(log, batch);
            foreach (var damaged in contents)
            {
                disk.Plant(_path, damaged);
                yield return Read(() => Around(log, batch), shown => shown == good);
            }
        }
    }

    private static ulong Around(FlowLog log, long batch) => LogFingerprint.Of(log, SampleLog.Topic, 0, batch, batches: 2);

    private string? Read(FlowLog log) => Read(() => LogFingerprint.Of(log), _allowed.Contains);

    private string? Read(Func<ulong> read, Func<ulong, bool> isRight)
    {
        try
        {
            ulong shown = read();
            WithoutConsequence++;
            return isRight(shown) ? null : "the log shows something else, and says nothing";
        }
        catch (FlowLogException)
        {
            FoundWhenRead++;
            return null;
        }
    }
}
