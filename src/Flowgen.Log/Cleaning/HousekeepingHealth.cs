namespace Flowgen.Log.Cleaning;

/// <summary>Which work in the background fails at present. Thread-safe.</summary>
internal sealed class HousekeepingHealth(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Job, string Where), HousekeepingFailure> _failures = [];
    private readonly Dictionary<string, HashSet<string>> _tried = []; // by the jobs that run
    private long _total;

    /// <summary>Told when something begins to fail, and when it succeeds again.</summary>
    public LogMonitor? Monitor { get; set; }

    /// <summary>Failures since the log was opened, those that were made good included.</summary>
    public long Total => Interlocked.Read(ref _total);

    public IReadOnlyList<HousekeepingFailure> Current
    {
        get
        {
            lock (_gate)
                return [.. _failures.Values.OrderBy(f => f.Job, StringComparer.Ordinal).ThenBy(f => f.Where, StringComparer.Ordinal)];
        }
    }

    public void Failed(string job, string where, Exception cause)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        Interlocked.Increment(ref _total);
        bool isNew;
        lock (_gate)
        {
            isNew = !_failures.TryGetValue((job, where), out var former);
            former ??= new HousekeepingFailure(job, where, "", now, now, 0);
            _failures[(job, where)] = former with { Message = cause.Message, LastAt = now, Times = former.Times + 1 };
        }

        if (isNew)
            Monitor?.HousekeepingFailed(job, where, cause);
    }

    public void Succeeded(string job, string where)
    {
        bool hadFailed;
        lock (_gate)
            hadFailed = _failures.Remove((job, where));
        if (hadFailed)
            Monitor?.HousekeepingRecovered(job, where);
    }

    /// <summary>Nothing is to be done in a place any more.</summary>
    public void Forget(string where)
    {
        List<string> jobs;
        lock (_gate)
            jobs = [.. _failures.Keys.Where(f => f.Where == where).Select(f => f.Job)];
        jobs.ForEach(job => Succeeded(job, where));
    }

    /// <summary>Runs a job. What it did not try is nothing that it still has to do: a failure of that is forgotten.</summary>
    /// <returns>Whether it ran to its end.</returns>
    public bool Run(string job, Action run)
    {
        lock (_gate)
            _tried[job] = [];
        bool succeeded = false;
        try
        {
            succeeded = Try(job, "", run);
        }
        finally
        {
            List<string> untried;
            lock (_gate)
            {
                _tried.Remove(job, out var tried);
                untried = succeeded ? [.. _failures.Keys.Where(f => f.Job == job && !tried!.Contains(f.Where)).Select(f => f.Where)] : [];
            }

            untried.ForEach(where => Succeeded(job, where));
        }

        return succeeded;
    }

    /// <summary>Does one part of a job; a failure is noted, and the other parts go on.</summary>
    /// <returns>Whether it succeeded.</returns>
    public bool Try(string job, string where, Action part)
    {
        lock (_gate)
            _tried.GetValueOrDefault(job)?.Add(where);
        try
        {
            part();
            Succeeded(job, where);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(job, where, e);
            return false;
        }
    }
}
