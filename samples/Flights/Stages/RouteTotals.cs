namespace Samples.Flights;

/// <summary>Counts each route for ever, and tells its total when it changed.</summary>
[Stage]
[From<Flight>, To<RouteTotal>]
public sealed partial class RouteTotals
{
    public struct Route
    {
        public Delays Delays;
        public long Distance;
    }

    [KeyBy]
    static (string Origin, string Destination) ByRoute(in Flight flight) => (flight.Origin, flight.Destination);

    [Add]
    static void Add(ref Route route, in Flight flight)
    {
        route.Delays.Add(flight.Delay);
        route.Distance += flight.Distance;
    }

    [Emit(When.Changed)]
    static RouteTotal Emit((string Origin, string Destination) key, in Route route) =>
        new(key.Origin, key.Destination, route.Delays.Count, route.Distance, route.Delays.Max);
}
