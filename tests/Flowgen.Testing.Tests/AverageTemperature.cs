namespace Flowgen.Testing.Tests;

[Topic("readings", Partitions = 12, Retention = "7d")]
public readonly record struct Reading(
    [Key] int SensorId,
    double Celsius,
    [EventTime(OutOfOrder = "2s", Idle = "30s")] DateTimeOffset At);

[Topic("sensor-averages", Partitions = 12)]
public readonly record struct SensorAverage([Key] int SensorId, [EventTime] DateTimeOffset From, double Celsius, long Readings);

[Topic("late-readings")]
public readonly record struct LateReading([Key] int SensorId, [EventTime] DateTimeOffset At, DateTimeOffset WindowEnd);

[Stage]
[From<Reading>, To<SensorAverage>, To<LateReading>]
[TumblingWindow("10s", Lateness = "1m")]
public sealed partial class AverageTemperature
{
    [Filter]
    static bool Plausible(in Reading r) => r.Celsius is > -90 and < 150;

    [Add]
    static void Add(ref Mean mean, in Reading r) => mean.Add(r.Celsius);

    [Emit]
    static SensorAverage Emit(int key, Window window, in Mean mean) => new(key, window.Start, mean.Value, mean.Count);

    [Late]
    static LateReading TooLate(in Reading r, Window window) => new(r.SensorId, r.At, window.End);
}
