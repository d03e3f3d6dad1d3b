namespace Flowgen.Log.Cleaning;

/// <summary>Work in the background of a log. One job runs at a time, on the thread of the <see cref="Housekeeper"/>.</summary>
internal interface IHousekeepingJob
{
    /// <summary>What it does, for reports.</summary>
    string Name { get; }

    /// <summary>How long after a run the next one is due; <see cref="Timeout.InfiniteTimeSpan"/> for a job that runs only when it is woken.</summary>
    TimeSpan Interval { get; }

    /// <summary>Does what is to be done now. What it throws is reported, and it is run again later.</summary>
    /// <param name="cancellationToken">The log is being closed: end soon, at a point from which the work can go on after the next opening.</param>
    void Run(CancellationToken cancellationToken);
}
