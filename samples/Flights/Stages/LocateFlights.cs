namespace Samples.Flights;

/// <summary>Gives each flight the place of its origin.</summary>
[Stage]
[From<Flight>, Table<Airport>]
[To<LocatedFlight>, To<UnknownAirport>]
public sealed partial class LocateFlights
{
    [Join]
    static LocatedFlight Locate(in Flight flight, in Airport airport) =>
        new(flight.Origin, airport.Name, airport.City, airport.State, flight.Date, flight.Delay, flight.Distance, flight.Destination);

    [Unmatched]
    static UnknownAirport Unknown(in Flight flight) =>
        new(flight.Origin, flight.Date, flight.Delay, flight.Distance, flight.Destination);
}
