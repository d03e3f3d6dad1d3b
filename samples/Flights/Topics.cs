namespace Samples.Flights;

/// <summary>The names of the topics, as the records declare them.</summary>
public static class Topics
{
    public const string Flights = "flights";
    public const string Airports = "airports";
    public const string UnknownAirports = "unknown-airports";
    public const string AirportHours = "airport-hours";
    public const string LateFlights = "late-flights";
    public const string StateDays = "state-days";
    public const string RouteTotals = "route-totals";
    public const string LoadedFiles = "loaded-files";

    /// <summary>What the app writes.</summary>
    public static readonly IReadOnlyList<string> Results = [UnknownAirports, AirportHours, LateFlights, StateDays, RouteTotals];
}
