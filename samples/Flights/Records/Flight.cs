namespace Samples.Flights;

/// <summary>One departure.</summary>
/// <param name="Date">When it left; the minutes of the data file, taken as UTC.</param>
/// <param name="Delay">Minutes behind its plan; negative: ahead.</param>
/// <param name="Distance">Miles to its destination.</param>
/// <param name="Origin">IATA code.</param>
/// <param name="Destination">IATA code.</param>
[Topic(Topics.Flights, Partitions = 6)]
public readonly record struct Flight(
    [EventTime(OutOfOrder = "1h")] DateTimeOffset Date,
    int Delay,
    int Distance,
    [Key] string Origin,
    string Destination);
