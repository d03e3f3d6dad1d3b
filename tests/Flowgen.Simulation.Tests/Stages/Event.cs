namespace Flowgen.Simulation.Tests.Stages;

/// <summary>What flows through generated pipelines.</summary>
/// <param name="Key">The key.</param>
/// <param name="Lane">Events of one key and lane stay in the order of their steps, wherever they go.</param>
/// <param name="Step">Number in the lane.</param>
/// <param name="Value">What may depend on the order in which lanes meet.</param>
/// <param name="Id">Follows from the ids of the events from which this one was made.</param>
/// <param name="At">Event time in Unix milliseconds.</param>
[Stream]
public readonly record struct Event([Key] int Key, int Lane, int Step, int Value, long Id, [EventTime] long At)
{
    /// <summary>The value of an event on which some steps throw.</summary>
    public const int Poison = -1;

    /// <summary>The value of an event that a topic holds without a schema, so that nobody can decode it.</summary>
    public const int Garbage = -2;
}
