namespace Flowgen.Runtime;

/// <summary>Why an epoch closes.</summary>
internal enum EpochKind
{
    /// <summary>It is time for a commit, or the epoch has grown large.</summary>
    Periodic,

    /// <summary>Somebody waits until all that is committed now has been processed.</summary>
    Settle,

    /// <summary>The inputs of a bounded run are at their ends: event time ends.</summary>
    EndOfTime,

    /// <summary>The app stops.</summary>
    Final,
}
