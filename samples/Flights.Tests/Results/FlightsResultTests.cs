using Flowgen.Runtime;
using Samples.Flights;

namespace Flights.Tests.Results;

/// <summary>Every record that the app writes for the real flights, against plain LINQ over the files.</summary>
public class FlightsResultTests
{
    private static readonly TimeSpan OutOfOrder = TimeSpan.FromHours(1); // as Flight declares it

    private static readonly List<Flight> Flights = ReadFlights().GetAwaiter().GetResult();

    // Without two of the large ones, so that there are flights from unknown airports.
    private static readonly List<Airport> Airports = [.. AirportFile.Read(SampleFiles.Airports).Where(airport => airport.Iata is not ("DTW" or "HNL"))];

    private static readonly ExpectedOutputs Expected = new(Flights, Airports);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 1)]
    [InlineData(6, 2)]
    public async Task Every_output_equals_the_computation_over_the_files(int partitions, int workers)
    {
        using var log = new FlightsLog(partitions);
        await log.AddAsync(Airports);
        await log.AddAsync(Flights);

        await RunToEndAsync(log, workers);

        AssertExpected(log);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 1)]
    [InlineData(6, 2)]
    public async Task Every_output_is_the_same_for_flights_out_of_order_within_the_bound(int partitions, int workers)
    {
        using var log = new FlightsLog(partitions);
        await log.AddAsync(Airports);
        await log.AddAsync(Shuffle.Within(Flights, OutOfOrder, seed: (10 * partitions) + workers));

        await RunToEndAsync(log, workers);

        AssertExpected(log);
    }

    [Fact]
    public async Task Every_output_is_the_same_when_the_app_is_stopped_and_started_while_flights_come_in()
    {
        using var log = new FlightsLog(partitions: 6);
        await log.AddAsync(Airports);
        foreach (Flight[] part in Shuffle.Within(Flights, OutOfOrder, seed: 1).Chunk(Flights.Count / 4))
        {
            await log.AddAsync(part);
            await using FlowEngine app = log.CreateApp(workers: 2);
            Task run = app.RunAsync();
            await app.SettleAsync();
            await app.StopAsync();
            await run;
        }

        await RunToEndAsync(log, workers: 2);

        AssertExpected(log);
    }

    [Fact]
    public async Task A_second_run_to_the_end_adds_nothing()
    {
        using var log = new FlightsLog(partitions: 2);
        await log.AddAsync(Airports);
        await log.AddAsync(Flights);

        await RunToEndAsync(log, workers: 2);
        await RunToEndAsync(log, workers: 1);

        AssertExpected(log);
    }

    [Fact]
    public async Task A_later_file_with_later_flights_goes_on_after_the_end_of_the_first()
    {
        DateTimeOffset cut = Flights[Flights.Count / 2].Date.Date; // between two days, so that no window is cut in two
        using var log = new FlightsLog(partitions: 2);
        await log.AddAsync(Airports);

        await log.AddAsync(Flights.Where(flight => flight.Date.Date < cut.Date));
        await RunToEndAsync(log, workers: 2);
        await log.AddAsync(Flights.Where(flight => flight.Date.Date >= cut.Date));
        await RunToEndAsync(log, workers: 2);

        AssertExpected(log);
    }

    private static async Task RunToEndAsync(FlightsLog log, int workers)
    {
        await using FlowEngine app = log.CreateApp(workers);
        await app.RunToEndAsync();
    }

    private static void AssertExpected(FlightsLog log)
    {
        AssertSame(Expected.UnknownAirports, log.Read<UnknownAirport, UnknownAirportCodec>(Topics.UnknownAirports));
        AssertSame(Expected.StateDays, log.Read<StateDay, StateDayCodec>(Topics.StateDays));
        AssertSame(Expected.AirportHours, log.Read<AirportHour, AirportHourCodec>(Topics.AirportHours));
        Assert.Empty(log.Read<LateFlight, LateFlightCodec>(Topics.LateFlights));

        List<RouteTotal> totals = log.Read<RouteTotal, RouteTotalCodec>(Topics.RouteTotals);
        AssertSame(Expected.RouteTotals, totals.GroupBy(route => (route.Origin, route.Destination)).Select(route => route.Last()));

        AssertInOrder(log.Read<AirportHour, AirportHourCodec>(Topics.AirportHours).GroupBy(hour => hour.Airport), hour => hour.Hour);
        AssertInOrder(log.Read<StateDay, StateDayCodec>(Topics.StateDays).GroupBy(day => day.State), day => day.Day);
        AssertInOrder(totals.GroupBy(route => (route.Origin, route.Destination)), route => route.Flights);
    }

    private static void AssertSame<TRecord>(IEnumerable<TRecord> expected, IEnumerable<TRecord> actual)
        where TRecord : notnull
    {
        List<string> left = [.. expected.Select(record => record.ToString()!).Order(StringComparer.Ordinal)];
        List<string> right = [.. actual.Select(record => record.ToString()!).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(left);
        Assert.Equal(left.Except(right).Take(3), []);
        Assert.Equal(right.Except(left).Take(3), []);
        Assert.Equal(left, right);
    }

    private static void AssertInOrder<TKey, TRecord, TOrder>(IEnumerable<IGrouping<TKey, TRecord>> groups, Func<TRecord, TOrder> order)
    {
        foreach (IGrouping<TKey, TRecord> group in groups)
            Assert.Equal(group.Select(order).Order(), group.Select(order));
    }

    private static async Task<List<Flight>> ReadFlights()
    {
        FlightFile file = await FlightFile.CheckAsync(SampleFiles.Flights, CancellationToken.None);
        var flights = new List<Flight>();
        await foreach (Flight flight in file.ReadAsync(CancellationToken.None))
            flights.Add(flight);
        return flights;
    }
}
