using Samples.Flights;

namespace Flights.Tests.Results;

/// <summary>Mixes flights up, but none comes more than a bound behind a later one.</summary>
internal static class Shuffle
{
    /// <param name="flights">The flights.</param>
    /// <param name="bound">How far out of order a flight may be.</param>
    /// <param name="seed">The same seed gives the same order.</param>
    public static List<Flight> Within(IEnumerable<Flight> flights, TimeSpan bound, int seed)
    {
        var random = new Random(seed);
        return [.. flights.OrderBy(flight => flight.Date.UtcTicks + random.NextInt64(bound.Ticks))];
    }
}
