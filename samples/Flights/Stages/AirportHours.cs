namespace Samples.Flights;

/// <summary>Sums up each airport, hour by hour. An hour that was closed is corrected for one more hour.</summary>
[Stage]
[From<LocatedFlight>, To<AirportHour>, To<LateFlight>]
[TumblingWindow("1h", Lateness = "1h")]
public sealed partial class AirportHours
{
    public struct Hour
    {
        public string Name;
        public Delays Delays;
    }

    [Add]
    static void Add(ref Hour hour, in LocatedFlight flight)
    {
        hour.Name = flight.Name;
        hour.Delays.Add(flight.Delay);
    }

    [Emit]
    static AirportHour Emit(string key, Window window, in Hour hour) =>
        new(key, window.Start, hour.Name, hour.Delays.Count, hour.Delays.Mean, hour.Delays.Max, hour.Delays.DelayedShare);

    [Late]
    static LateFlight TooLate(in LocatedFlight flight, Window window) =>
        new(flight.Origin, flight.Date, flight.Delay, flight.Destination, window.End);
}
