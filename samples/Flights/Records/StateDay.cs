namespace Samples.Flights;

/// <summary>The departures of one state on one day.</summary>
/// <param name="State">Two letters.</param>
/// <param name="Day">Midnight UTC.</param>
/// <param name="Departures">How many flights left.</param>
/// <param name="MeanDelay">Minutes.</param>
/// <param name="Distance">Miles of all of them together.</param>
[Topic(Topics.StateDays, Partitions = 6)]
public readonly record struct StateDay(
    [Key] string State,
    [EventTime] DateTimeOffset Day,
    int Departures,
    double MeanDelay,
    long Distance);
