namespace Flowgen.Simulation.Tests.Apps;

/// <summary>Mistakes of an engine that the simulation has to catch: planted in what stands between the engine, its log and its threads.</summary>
public enum EngineBug
{
    None,

    /// <summary>Input offsets are committed in a transaction of their own, before the results.</summary>
    OffsetsAreCommittedFirst,

    /// <summary>Input offsets are committed in a transaction of their own, behind the results.</summary>
    OffsetsAreCommittedLast,

    /// <summary>Changed state is committed in a transaction of its own.</summary>
    StateIsCommittedApart,

    /// <summary>Changed state is not written.</summary>
    StateIsNotCommitted,

    /// <summary>Watermarks are missing in what is committed.</summary>
    WatermarksAreNotCommitted,

    /// <summary>Results are visible before their epoch is committed.</summary>
    ResultsAreWrittenBeforeTheCommit,

    /// <summary>An epoch is committed behind the one after it.</summary>
    EpochsAreSwapped,

    /// <summary>A commit is reported before it is done, and a failed one is reported as done.</summary>
    CommitsAreReportedTooEarly,

    /// <summary>Committed offsets are one too small: a record is read again.</summary>
    OffsetsAreOneTooSmall,

    /// <summary>The workers do not wait for each other where an epoch closes, so batches between them miss it.</summary>
    WorkersDoNotWaitForEachOther,

    /// <summary>Now and then a loop that is woken goes on sleeping.</summary>
    WakesAreLost,

    /// <summary>A batch of results is lost now and then.</summary>
    ResultsAreLost,

    /// <summary>Dead letters are committed in a transaction of their own, before the offset that passes the record.</summary>
    DeadLettersAreCommittedFirst,

    /// <summary>A record is passed without its dead letter.</summary>
    DeadLettersAreLost,

    /// <summary>How far a table has been told of is not committed, so its bad rows are told of again.</summary>
    TablePositionsAreNotCommitted,

    /// <summary>A commit that finds no room is taken for done.</summary>
    FullDisksAreIgnored,

    /// <summary>Changes of state are dropped that a restart needs.</summary>
    ChangesAreDroppedTooEarly,

    /// <summary>Syncs are forgotten, so a loss of power takes back what was acknowledged.</summary>
    SyncsAreForgotten,
}
