namespace Samples.Flights;

/// <summary>Sums up each state, day by day. A state has many airports, so flights change their worker on the way.</summary>
[Stage]
[From<LocatedFlight>, To<StateDay>]
[TumblingWindow("1d")]
public sealed partial class StateDays
{
    public struct Day
    {
        public Delays Delays;
        public long Distance;
    }

    [KeyBy]
    static string ByState(in LocatedFlight flight) => flight.State;

    [Add]
    static void Add(ref Day day, in LocatedFlight flight)
    {
        day.Delays.Add(flight.Delay);
        day.Distance += flight.Distance;
    }

    [Emit]
    static StateDay Emit(string key, Window window, in Day day) =>
        new(key, window.Start, day.Delays.Count, day.Delays.Mean, day.Distance);
}
