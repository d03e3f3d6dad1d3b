namespace Flowgen.Log.Cleaning;

/// <summary>
/// The background thread of a log. It runs each job when it is due or woken, one at a time, and sleeps in between. A job that fails is
/// reported and run again; nothing it throws ends the thread.
/// </summary>
internal sealed class Housekeeper : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Lock _running = new();
    private readonly List<Entry> _entries = [];
    private readonly AutoResetEvent _wanted = new(false);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IoBudget _budget;
    private Thread? _thread;
    private ITimer? _timer;

    /// <param name="time">The clock.</param>
    /// <param name="bytesPerSecond">Most bytes that its jobs read and write together.</param>
    public Housekeeper(TimeProvider time, long bytesPerSecond = long.MaxValue)
    {
        _time = time;
        _budget = new IoBudget(time, bytesPerSecond);
        Health = new HousekeepingHealth(time);
    }

    public HousekeepingHealth Health { get; }

    /// <summary>What the jobs may read and write; they are slowed down to it only where they run on a thread of their own.</summary>
    public IoBudget Budget => _thread is null ? new IoBudget(_time, long.MaxValue) : _budget;

    /// <summary>Adds a job. It is due one interval from now.</summary>
    public void Register(IHousekeepingJob job)
    {
        lock (_gate)
            _entries.Add(new Entry(job, DueAfter(job.Interval)));
        _wanted.Set();
    }

    /// <summary>Makes a job due at once, or after a time. Costs little; may be called from any thread, inside any lock.</summary>
    public void Wake(IHousekeepingJob job, TimeSpan after = default)
    {
        lock (_gate)
        {
            var entry = _entries.Find(e => ReferenceEquals(e.Job, job));
            if (entry is not null)
                entry.Due = Math.Min(entry.Due, DueAfter(after));
        }

        _wanted.Set();
    }

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        _timer = _time.CreateTimer(_ => _wanted.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(RunUntilStopped) { Name = "Flowgen log housekeeper", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Runs every job once, due or not, on the caller's thread.</summary>
    public void RunOnce()
    {
        List<Entry> entries;
        lock (_gate)
            entries = [.. _entries];
        foreach (var entry in entries)
            Run(entry);
    }

    /// <summary>Asks the job that runs to end, and waits for it.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _wanted.Set();
        _thread?.Join();
        _timer?.Dispose();
    }

    private void RunUntilStopped()
    {
        while (!_stopping.IsCancellationRequested)
        {
            if (NextDue(out long due) is { } entry)
                Run(entry);
            else
                SleepUntil(due);
        }
    }

    // The job that is due longest, or when the next one will be.
    private Entry? NextDue(out long due)
    {
        lock (_gate)
        {
            var next = _entries.MinBy(e => e.Due);
            due = next?.Due ?? long.MaxValue;
            return due <= _time.GetTimestamp() ? next : null;
        }
    }

    private void SleepUntil(long due)
    {
        _timer!.Change(due == long.MaxValue ? Timeout.InfiniteTimeSpan : Positive(_time.GetElapsedTime(_time.GetTimestamp(), due)), Timeout.InfiniteTimeSpan);
        _wanted.WaitOne();
    }

    private void Run(Entry entry)
    {
        lock (_running)
        {
            lock (_gate)
                entry.Due = long.MaxValue; // who wakes it from now on wants another run
            bool succeeded = true;
            try
            {
                succeeded = Health.Run(entry.Job.Name, () => entry.Job.Run(_stopping.Token));
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return; // goes on after the next opening
            }
            finally
            {
                lock (_gate)
                    entry.Due = Math.Min(entry.Due, DueAfter(succeeded ? entry.Job.Interval : Sooner(entry.Job.Interval)));
            }
        }
    }

    private static TimeSpan Sooner(TimeSpan interval) => interval == Timeout.InfiniteTimeSpan || interval > RetryAfter ? RetryAfter : interval;

    // A timer counts whole milliseconds; it must not ring before the job is due.
    private static TimeSpan Positive(TimeSpan delay) => TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(delay.TotalMilliseconds), 1, int.MaxValue));

    private long DueAfter(TimeSpan delay) => delay == Timeout.InfiniteTimeSpan
        ? long.MaxValue
        : _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);

    private sealed class Entry(IHousekeepingJob job, long due)
    {
        public IHousekeepingJob Job => job;

        public long Due { get; set; } = due;
    }
}
