using Flowgen.Testing;
using Samples.Flights;
using static Flights.Tests.Stages.Sample;

namespace Flights.Tests.Stages;

public class LocateFlightsTests
{
    [Fact]
    public void A_flight_learns_where_its_origin_is()
    {
        using var stage = StageTest.For<LocateFlights>();

        stage.Send(Airport("DTW", "Detroit", "MI")).Send(Flight(At(8), 5));

        LocatedFlight located = Assert.Single(stage.Received<LocatedFlight>());
        Assert.Equal(("DTW", "Detroit International", "Detroit", "MI", 5), (located.Origin, located.Name, located.City, located.State, located.Delay));
        Assert.Empty(stage.Received<UnknownAirport>());
    }

    [Fact]
    public void A_flight_from_an_unknown_airport_is_put_aside()
    {
        using var stage = StageTest.For<LocateFlights>();

        stage.Send(Airport("DTW", "Detroit", "MI")).Send(Flight(At(8), 5, origin: "XXX"));

        Assert.Equal([new UnknownAirport("XXX", At(8), 5, 1750, "LAS")], stage.Received<UnknownAirport>());
        Assert.Empty(stage.Received<LocatedFlight>());
    }

    [Fact]
    public void The_newest_row_of_an_airport_counts()
    {
        using var stage = StageTest.For<LocateFlights>();

        stage.Send(Airport("DTW", "Detroit", "MI"), Airport("DTW", "Romulus", "MI")).Send(Flight(At(8), 5));

        Assert.Equal("Romulus", Assert.Single(stage.Received<LocatedFlight>()).City);
    }

    [Fact]
    public void An_airport_that_was_removed_is_unknown_again()
    {
        using var stage = StageTest.For<LocateFlights>();
        stage.Send(Airport("DTW", "Detroit", "MI"));

        stage.Delete(Airport("DTW", "Detroit", "MI")).Send(Flight(At(8), 5));

        Assert.Single(stage.Received<UnknownAirport>());
    }
}
