using Samples.Flights;

namespace Flights.Tests.Stages;

/// <summary>Flights of one day for the tests of the stages.</summary>
internal static class Sample
{
    public static DateTimeOffset At(int hour, int minute = 0) => new(2001, 1, 31, hour, minute, 0, TimeSpan.Zero);

    public static Flight Flight(DateTimeOffset date, int delay, string origin = "DTW", string destination = "LAS") => new(date, delay, 1750, origin, destination);

    public static LocatedFlight Located(DateTimeOffset date, int delay, string origin = "DTW", string state = "MI") =>
        new(origin, $"{origin} International", "Detroit", state, date, delay, 1750, "LAS");

    public static Airport Airport(string iata, string city, string state) => new(iata, $"{city} International", city, state, "USA", 42, -83);
}
