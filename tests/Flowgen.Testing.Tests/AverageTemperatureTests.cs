namespace Flowgen.Testing.Tests;

/// <summary>A stage tested as its user would.</summary>
public class AverageTemperatureTests
{
    [Fact]
    public void One_average_per_sensor_when_the_window_ends()
    {
        using var stage = StageTest.For<AverageTemperature>();

        stage.Send(new Reading(1, 20, T(0)), new Reading(1, 22, T(4)), new Reading(2, 5, T(9)))
             .AdvanceTo(T(12));

        Assert.Equal([new SensorAverage(1, T(0), 21, 2), new SensorAverage(2, T(0), 5, 1)], stage.Received<SensorAverage>());
    }

    [Fact]
    public void A_late_reading_corrects_the_average()
    {
        using var stage = StageTest.For<AverageTemperature>();
        stage.Send(new Reading(1, 20, T(0))).AdvanceTo(T(12));
        Assert.Single(stage.Received<SensorAverage>());

        stage.Send(new Reading(1, 30, T(5))).AdvanceTo(T(13));

        Assert.Equal([new SensorAverage(1, T(0), 25, 2)], stage.Received<SensorAverage>());
        Assert.Empty(stage.Received<LateReading>());
    }

    private static DateTimeOffset T(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);
}
