namespace Consumer;

/// <summary>The mean temperature of each sensor, every ten seconds.</summary>
[Stage]
[From<Reading>, To<Average>]
[TumblingWindow("10s")]
public sealed partial class AverageTemperature
{
    [Filter]
    private static bool IsPlausible(in Reading reading) => reading.Celsius is > -90 and < 150;

    [Add]
    private static void Add(ref Mean mean, in Reading reading) => mean.Add(reading.Celsius);

    [Emit]
    private static Average Emit(int key, Window window, in Mean mean) => new(key, window.Start, mean.Value, mean.Count);
}
