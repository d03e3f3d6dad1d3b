namespace Samples.Flights;

/// <summary>A flight that was reported after its hour had closed for good.</summary>
/// <param name="HourEnd">The end of the hour that it missed.</param>
[Topic(Topics.LateFlights, Partitions = 6)]
public readonly record struct LateFlight(
    [Key] string Origin,
    [EventTime] DateTimeOffset Date,
    int Delay,
    string Destination,
    DateTimeOffset HourEnd);
