using Flowgen.Testing;
using Samples.Flights;
using static Flights.Tests.Stages.Sample;

namespace Flights.Tests;

public class FlightsAppTests
{
    [Fact]
    public async Task A_flight_goes_through_all_stages()
    {
        await using var app = AppTest.For<FlightsApp>();

        app.Send(Airport("DTW", "Detroit", "MI"), Airport("LAX", "Los Angeles", "CA"));
        app.Send(Flight(At(8), 10), Flight(At(8, 30), 40), Flight(At(9), 5, "LAX", "DTW"), Flight(At(9), 7, "XXX", "DTW"));
        await app.RunToEndAsync();

        Assert.Equal(
            [new AirportHour("DTW", At(8), "Detroit International", 2, 25, 40, 0.5), new AirportHour("LAX", At(9), "Los Angeles International", 1, 5, 5, 0)],
            app.Received<AirportHour>().OrderBy(hour => hour.Airport));
        Assert.Equal(["CA", "MI"], app.Received<StateDay>().Select(day => day.State).Order());
        Assert.Equal(3, app.Received<RouteTotal>().Count);
        Assert.Equal("XXX", Assert.Single(app.Received<UnknownAirport>()).Origin);
        Assert.Empty(app.Received<LateFlight>());
    }

    [Fact]
    public async Task An_hour_closes_when_all_partitions_have_passed_it_by_the_bound()
    {
        await using var app = AppTest.For<FlightsApp>(options: new() { Workers = 1, Partitions = 1 });
        app.Send(Airport("DTW", "Detroit", "MI"));

        app.Send(Flight(At(8), 10), Flight(At(9, 59), 0));
        await app.SettleAsync();
        Assert.Empty(app.Received<AirportHour>());

        app.Send(Flight(At(10), 0)); // one hour, the bound, after the end of the first hour
        await app.SettleAsync();
        Assert.Equal(At(8), Assert.Single(app.Received<AirportHour>()).Hour);
    }
}
