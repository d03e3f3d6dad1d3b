namespace Samples.Flights;

/// <summary>Everything that ever flew from one airport to another; the newest record of a route is its total.</summary>
/// <param name="Origin">IATA code.</param>
/// <param name="Destination">IATA code.</param>
/// <param name="Flights">How many flights.</param>
/// <param name="Distance">Miles of all of them together.</param>
/// <param name="WorstDelay">Minutes.</param>
[Topic(Topics.RouteTotals, Partitions = 6, Cleanup = Cleanup.Compact)]
public readonly record struct RouteTotal(
    [Key(0)] string Origin,
    [Key(1)] string Destination,
    int Flights,
    long Distance,
    int WorstDelay);
