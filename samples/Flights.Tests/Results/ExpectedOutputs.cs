using Samples.Flights;

namespace Flights.Tests.Results;

/// <summary>What the topics of the app must hold, computed from the files in one go with plain LINQ.</summary>
internal sealed class ExpectedOutputs(IReadOnlyCollection<Flight> flights, IReadOnlyCollection<Airport> airports)
{
    private readonly Dictionary<string, Airport> _airports = airports.ToDictionary(airport => airport.Iata);

    public IEnumerable<UnknownAirport> UnknownAirports =>
        from flight in flights
        where !_airports.ContainsKey(flight.Origin)
        select new UnknownAirport(flight.Origin, flight.Date, flight.Delay, flight.Distance, flight.Destination);

    public IEnumerable<AirportHour> AirportHours =>
        from flight in Located
        let date = flight.Date
        group flight by (flight.Origin, Hour: new DateTimeOffset(date.Year, date.Month, date.Day, date.Hour, 0, 0, TimeSpan.Zero)) into hour
        select new AirportHour(
            hour.Key.Origin,
            hour.Key.Hour,
            _airports[hour.Key.Origin].Name,
            hour.Count(),
            hour.Average(flight => flight.Delay),
            hour.Max(flight => flight.Delay),
            (double)hour.Count(flight => flight.Delay > 15) / hour.Count());

    public IEnumerable<StateDay> StateDays =>
        from flight in Located
        group flight by (_airports[flight.Origin].State, Day: new DateTimeOffset(flight.Date.Date, TimeSpan.Zero)) into day
        select new StateDay(day.Key.State, day.Key.Day, day.Count(), day.Average(flight => flight.Delay), day.Sum(flight => (long)flight.Distance));

    public IEnumerable<RouteTotal> RouteTotals =>
        from flight in flights
        group flight by (flight.Origin, flight.Destination) into route
        select new RouteTotal(
            route.Key.Origin,
            route.Key.Destination,
            route.Count(),
            route.Sum(flight => (long)flight.Distance),
            route.Max(flight => flight.Delay));

    private IEnumerable<Flight> Located => flights.Where(flight => _airports.ContainsKey(flight.Origin));
}
