namespace Samples.Flights;

/// <summary>All departures of one airport, from its hours.</summary>
public sealed record AirportSummary(string Iata, string Name, string City, int Departures, double MeanDelay, double DelayedShare, AirportHour WorstHour)
{
    /// <summary>The airports with the most departures, the busiest first.</summary>
    /// <param name="hours">The hours as their topic holds them: a correction comes after the result that it corrects.</param>
    /// <param name="airports">The airports by their code.</param>
    /// <param name="count">How many.</param>
    public static List<AirportSummary> Busiest(IEnumerable<AirportHour> hours, IReadOnlyDictionary<string, Airport> airports, int count)
    {
        var newest = new Dictionary<(string, DateTimeOffset), AirportHour>();
        foreach (AirportHour hour in hours)
            newest[(hour.Airport, hour.Hour)] = hour;

        return [.. newest.Values
            .GroupBy(hour => hour.Airport)
            .Select(group => Summarize(group, airports))
            .OrderByDescending(airport => airport.Departures)
            .ThenBy(airport => airport.Iata, StringComparer.Ordinal)
            .Take(count)];
    }

    private static AirportSummary Summarize(IGrouping<string, AirportHour> hours, IReadOnlyDictionary<string, Airport> airports)
    {
        int departures = hours.Sum(hour => hour.Departures);
        AirportHour worst = hours.OrderByDescending(hour => hour.MeanDelay).ThenBy(hour => hour.Hour).First();
        return new AirportSummary(
            hours.Key,
            worst.Name,
            airports.TryGetValue(hours.Key, out Airport airport) ? airport.City : "",
            departures,
            hours.Sum(hour => hour.MeanDelay * hour.Departures) / departures,
            hours.Sum(hour => hour.DelayedShare * hour.Departures) / departures,
            worst);
    }
}
