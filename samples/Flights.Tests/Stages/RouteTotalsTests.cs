using Flowgen.Testing;
using Samples.Flights;
using static Flights.Tests.Stages.Sample;

namespace Flights.Tests.Stages;

public class RouteTotalsTests
{
    [Fact]
    public void A_route_is_told_once_for_each_commit_that_changed_it()
    {
        using var stage = StageTest.For<RouteTotals>();

        stage.Send(Flight(At(8), 10), Flight(At(9), -3), Flight(At(9), 7, destination: "LAX")).Commit();
        Assert.Equal(
            [new RouteTotal("DTW", "LAS", 2, 3500, 10), new RouteTotal("DTW", "LAX", 1, 1750, 7)],
            stage.Received<RouteTotal>().OrderBy(route => route.Destination));

        stage.Send(Flight(At(10), 99)).Commit();
        Assert.Equal([new RouteTotal("DTW", "LAS", 3, 5250, 99)], stage.Received<RouteTotal>());
    }

    [Fact]
    public void There_and_back_are_two_routes()
    {
        using var stage = StageTest.For<RouteTotals>();

        stage.Send(Flight(At(8), 10, "DTW", "LAS"), Flight(At(9), 20, "LAS", "DTW")).Commit();

        Assert.Equal(2, stage.Received<RouteTotal>().Count);
    }
}
