namespace Samples.Flights;

/// <summary>A flight from an airport that is in no table.</summary>
[Topic(Topics.UnknownAirports, Partitions = 6)]
public readonly record struct UnknownAirport(
    [Key] string Origin,
    [EventTime] DateTimeOffset Date,
    int Delay,
    int Distance,
    string Destination);
