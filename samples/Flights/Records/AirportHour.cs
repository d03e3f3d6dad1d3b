namespace Samples.Flights;

/// <summary>The departures of one airport in one hour.</summary>
/// <param name="Airport">IATA code.</param>
/// <param name="Hour">Start of the hour.</param>
/// <param name="Name">Name of the airport.</param>
/// <param name="Departures">How many flights left.</param>
/// <param name="MeanDelay">Minutes.</param>
/// <param name="MaxDelay">Minutes.</param>
/// <param name="DelayedShare">Share of the flights that left more than 15 minutes late, 0 to 1.</param>
[Topic(Topics.AirportHours, Partitions = 6)]
public readonly record struct AirportHour(
    [Key] string Airport,
    [EventTime] DateTimeOffset Hour,
    string Name,
    int Departures,
    double MeanDelay,
    int MaxDelay,
    double DelayedShare);
