namespace Flowgen.Generators.Tests.Parsing;

/// <summary>The flights app, as the sample declares it.</summary>
internal static class FlightsSource
{
    public const string Text = """
        [Topic("airports", Partitions = 6, Cleanup = Cleanup.Compact)]
        public readonly record struct Airport([Key] string Iata, string Name, string City, string State);

        [Topic("flights", Partitions = 6)]
        public readonly record struct Flight([EventTime(OutOfOrder = "2h")] DateTimeOffset Date, int Delay, int Distance, [Key] string Origin, string Destination);

        [Stream]
        public readonly record struct LocatedFlight([Key] string Origin, string Name, string State, [EventTime(OutOfOrder = "2h")] DateTimeOffset Date, int Delay, int Distance);

        [Topic("unknown-airports", Partitions = 6)]
        public readonly record struct UnknownAirport([Key] string Origin, [EventTime] DateTimeOffset Date);

        [Topic("airport-hours", Partitions = 6)]
        public readonly record struct AirportHour([Key] string Airport, [EventTime] DateTimeOffset Hour, string Name, int Departures);

        [Topic("late-flights", Partitions = 6)]
        public readonly record struct LateFlight([Key] string Origin, [EventTime] DateTimeOffset Date, DateTimeOffset HourEnd);

        [Topic("state-days", Partitions = 6)]
        public readonly record struct StateDay([Key] string State, [EventTime] DateTimeOffset Day, int Departures);

        [Topic("route-totals", Partitions = 6, Cleanup = Cleanup.Compact)]
        public readonly record struct RouteTotal([Key(0)] string Origin, [Key(1)] string Destination, int Flights);

        [Stage, From<Flight>, Table<Airport>, To<LocatedFlight>, To<UnknownAirport>]
        public sealed partial class LocateFlights
        {
            [Join] static LocatedFlight Locate(in Flight flight, in Airport airport) => new(flight.Origin, airport.Name, airport.State, flight.Date, flight.Delay, flight.Distance);
            [Unmatched] static UnknownAirport Unknown(in Flight flight) => new(flight.Origin, flight.Date);
        }

        [Stage, From<LocatedFlight>, To<AirportHour>, To<LateFlight>]
        [TumblingWindow("1h", Lateness = "1h")]
        public sealed partial class AirportHours
        {
            public struct Hour { public string Name; public int Departures; }

            [Add] static void Add(ref Hour hour, in LocatedFlight flight) { hour.Name = flight.Name; hour.Departures++; }
            [Emit] static AirportHour Emit(string key, Window window, in Hour hour) => new(key, window.Start, hour.Name, hour.Departures);
            [Late] static LateFlight TooLate(in LocatedFlight flight, Window window) => new(flight.Origin, flight.Date, window.End);
        }

        [Stage, From<LocatedFlight>, To<StateDay>, TumblingWindow("1d")]
        public sealed partial class StateDays
        {
            [KeyBy] static string ByState(in LocatedFlight flight) => flight.State;
            [Add] static void Add(ref int departures, in LocatedFlight flight) => departures++;
            [Emit] static StateDay Emit(string key, Window window, int departures) => new(key, window.Start, departures);
        }

        [Stage, From<Flight>, To<RouteTotal>]
        public sealed partial class RouteTotals
        {
            [KeyBy] static (string Origin, string Destination) ByRoute(in Flight flight) => (flight.Origin, flight.Destination);
            [Add] static void Add(ref int flights, in Flight flight) => flights++;
            [Emit(When.Changed)] static RouteTotal Emit((string Origin, string Destination) key, int flights) => new(key.Origin, key.Destination, flights);
        }

        [FlowApp("flights")]
        public sealed partial class FlightsApp;
        """;
}
