namespace Flowgen.Runtime;

/// <summary>
/// The records that made a step throw, found while an app runs. A step works on runs of records and has changed state when it throws, so the engine starts again
/// from the last commit and gives it the records of that run one by one; the one on which it throws again is left out from then on. Each start knows at least one
/// record more, or a run that is shorter, so there is an end. Nothing of this is stored: after a crash it is found again.
/// </summary>
internal sealed class PoisonRecords
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Topic, int Partition), List<Run>> _runs = [];

    /// <summary>Notes where a step has failed.</summary>
    /// <returns>Whether that is a place from which the engine can go on: a record of a topic that is read.</returns>
    public bool TryAdd(StageFailedException failure, bool isSource)
    {
        if (!isSource || failure.FirstOffset < 0 || failure.Topic is null) return false;
        lock (_gate)
        {
            if (!_runs.TryGetValue((failure.Topic, failure.Partition), out List<Run>? runs)) _runs.Add((failure.Topic, failure.Partition), runs = []);
            if (runs.Exists(run => run.First == failure.FirstOffset && run.Last == failure.LastOffset)) return false;
            runs.Add(new Run(failure.FirstOffset, failure.LastOffset, failure));
            return true;
        }
    }

    /// <summary>What is known of a partition now; null: nothing.</summary>
    public Run[]? Of(string topic, int partition)
    {
        lock (_gate) return _runs.TryGetValue((topic, partition), out List<Run>? runs) ? [.. runs] : null;
    }

    /// <summary>Records among which one made a step throw; a run of one is that record.</summary>
    internal readonly record struct Run(long First, long Last, StageFailedException Failure)
    {
        public bool IsOne => First == Last;

        public bool Holds(long offset) => First <= offset && offset <= Last;
    }
}
