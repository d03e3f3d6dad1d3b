using Flowgen.Testing;
using Samples.Flights;
using static Flights.Tests.Stages.Sample;

namespace Flights.Tests.Stages;

public class AirportHoursTests
{
    [Fact]
    public void An_hour_is_told_when_it_has_ended_and_not_before()
    {
        using var stage = StageTest.For<AirportHours>();
        stage.Send(Located(At(8, 10), 10), Located(At(8, 50), 20), Located(At(9, 5), 0)).AdvanceTo(At(8, 59));
        Assert.Empty(stage.Received<AirportHour>());

        stage.AdvanceTo(At(9));

        Assert.Equal([new AirportHour("DTW", At(8), "DTW International", 2, 15, 20, 0.5)], stage.Received<AirportHour>());
    }

    [Fact]
    public void Every_airport_has_hours_of_its_own()
    {
        using var stage = StageTest.For<AirportHours>();

        stage.Send(Located(At(8), 10), Located(At(8), -5, origin: "LAX")).EndInput();

        Assert.Equal(["DTW", "LAX"], stage.Received<AirportHour>().Select(hour => hour.Airport).Order());
    }

    [Fact]
    public void Exactly_fifteen_minutes_are_no_delay_and_early_flights_keep_their_sign()
    {
        using var stage = StageTest.For<AirportHours>();

        stage.Send(Located(At(8), 15), Located(At(8), 16)).Send(Located(At(10), -20), Located(At(10), -5)).EndInput();

        Assert.Equal(
            [new AirportHour("DTW", At(8), "DTW International", 2, 15.5, 16, 0.5), new AirportHour("DTW", At(10), "DTW International", 2, -12.5, -5, 0)],
            stage.Received<AirportHour>());
    }

    [Fact]
    public void A_late_flight_corrects_its_hour_for_one_more_hour()
    {
        using var stage = StageTest.For<AirportHours>();
        stage.Send(Located(At(8), 10)).AdvanceTo(At(9, 30));
        Assert.Equal(1, Assert.Single(stage.Received<AirportHour>()).Departures);

        stage.Send(Located(At(8, 59), 30));

        Assert.Equal([new AirportHour("DTW", At(8), "DTW International", 2, 20, 30, 0.5)], stage.Received<AirportHour>());
        Assert.Empty(stage.Received<LateFlight>());
    }

    [Fact]
    public void A_flight_after_that_is_told_as_late()
    {
        using var stage = StageTest.For<AirportHours>();
        stage.Send(Located(At(8), 10)).AdvanceTo(At(10));
        stage.Received<AirportHour>();

        stage.Send(Located(At(8, 59), 30));

        Assert.Equal([new LateFlight("DTW", At(8, 59), 30, "LAS", At(9))], stage.Received<LateFlight>());
        Assert.Empty(stage.Received<AirportHour>());
    }

    [Fact]
    public void Open_hours_survive_a_restart()
    {
        using var stage = StageTest.For<AirportHours>();

        stage.Send(Located(At(8), 10)).Restart().Send(Located(At(8, 30), 30)).EndInput();

        Assert.Equal([new AirportHour("DTW", At(8), "DTW International", 2, 20, 30, 0.5)], stage.Received<AirportHour>());
    }
}
