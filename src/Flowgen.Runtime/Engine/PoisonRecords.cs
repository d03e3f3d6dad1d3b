namespace Flowgen.Runtime;

/// <summary>
/// The records that made a step throw, found while an app runs. A step works on runs of records and has changed state when it throws, so the engine starts again
/// from the last commit and gives it the records of that run one by one; the one on which it throws again is left out from then on. Each start knows at least one
/// record more, or a run that is shorter, so there is an end. Records behind an exchange are known by their content (<see cref="LostRecords"/>). Nothing of this is
/// stored: after a crash it is found again.
/// </summary>
internal sealed class PoisonRecords
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Topic, int Partition), List<Run>> _runs = [];
    private readonly Dictionary<(string Exchange, int Partition), LostRecords> _behindExchanges = [];

    /// <summary>Notes where a step has failed.</summary>
    /// <returns>Whether that is a place from which the engine can go on: a record of a topic or of an exchange.</returns>
    public bool TryAdd(StageFailedException failure)
    {
        if (failure.FirstOffset < 0 || failure.Topic is null) return false;
        lock (_gate)
        {
            if (failure.IsBehindExchange) return TryAddBehindExchange((failure.Topic, failure.Partition), failure);
            if (!_runs.TryGetValue((failure.Topic, failure.Partition), out List<Run>? runs)) _runs.Add((failure.Topic, failure.Partition), runs = []);
            if (runs.Exists(run => run.First == failure.FirstOffset && run.Last == failure.LastOffset)) return false;
            runs.Add(new Run(failure.FirstOffset, failure.LastOffset, failure));
            return true;
        }
    }

    /// <summary>What is known of a partition from an offset on; null: nothing. What lies before is committed and forgotten.</summary>
    public Run[]? From(string topic, int partition, long committed)
    {
        lock (_gate)
        {
            if (!_runs.TryGetValue((topic, partition), out List<Run>? runs)) return null;
            runs.RemoveAll(run => run.Last < committed);
            return runs.Count > 0 ? [.. runs] : null;
        }
    }

    /// <summary>What is known of the records behind an exchange now; null: nothing.</summary>
    public LostRecords? BehindExchange(string exchange, int partition)
    {
        lock (_gate) return _behindExchanges.GetValueOrDefault((exchange, partition));
    }

    /// <summary>Everything that was not committed comes again.</summary>
    public void BeginRun()
    {
        lock (_gate)
        {
            foreach (LostRecords lost in _behindExchanges.Values) lost.BeginRun();
        }
    }

    private bool TryAddBehindExchange((string Exchange, int Partition) place, StageFailedException failure)
    {
        if (!_behindExchanges.TryGetValue(place, out LostRecords? lost)) _behindExchanges.Add(place, lost = new LostRecords());
        return lost.TryAdd(failure);
    }

    /// <summary>Records among which one made a step throw; a run of one is that record.</summary>
    internal readonly record struct Run(long First, long Last, StageFailedException Failure)
    {
        public bool IsOne => First == Last;

        public bool Holds(long offset) => First <= offset && offset <= Last;
    }
}
