namespace Flowgen.Log.Tests.Simulation;

/// <summary>What those who use a log can do wrong, or a log that does not do what it is asked for.</summary>
[Flags]
internal enum ScenarioBugs
{
    None = 0,

    /// <summary>Offsets are committed before the records that belong to them.</summary>
    OffsetsAreOutsideTheCommit = 1,

    /// <summary>A batch that is sent again is appended again.</summary>
    SequencesAreNotChecked = 2,

    /// <summary>The log's clock is two days ahead of that of the records.</summary>
    TheClockIsAhead = 4,
}
