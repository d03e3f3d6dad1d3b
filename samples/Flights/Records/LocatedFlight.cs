namespace Samples.Flights;

/// <summary>A flight that knows where its origin is. Flows between stages, has no topic.</summary>
[Stream]
public readonly record struct LocatedFlight(
    [Key] string Origin,
    string Name,
    string City,
    string State,
    [EventTime(OutOfOrder = "1h")] DateTimeOffset Date,
    int Delay,
    int Distance,
    string Destination);
