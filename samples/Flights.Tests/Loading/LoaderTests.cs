using Flowgen.Log;
using Flowgen.Runtime;
using Samples.Flights;

namespace Flights.Tests.Loading;

public sealed class LoaderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("loader-").FullName;

    [Fact]
    public async Task All_flights_of_a_file_are_loaded_and_a_second_time_none()
    {
        FlightFile file = await WriteAsync("a.json", 2500);
        using FlowLog log = Open();

        await new Loader(log).LoadFlightsAsync(file);
        await new Loader(log).LoadFlightsAsync(file);

        Assert.Equal(Enumerable.Range(0, 2500), Loaded(log).Order());
        Assert.Equal(2500, new Loader(log).LoadedOf(file));
    }

    [Fact]
    public async Task A_load_that_was_stopped_goes_on_where_it_stopped()
    {
        FlightFile file = await WriteAsync("a.json", 2500);
        using FlowLog log = Open();

        await Assert.ThrowsAsync<InvalidOperationException>(() => new Loader(log).LoadFlightsAsync(file, loaded => throw new InvalidOperationException($"stopped at {loaded}")));
        Assert.Equal(1000, Loaded(log).Count);
        await new Loader(log).LoadFlightsAsync(file);

        Assert.Equal(Enumerable.Range(0, 2500), Loaded(log).Order());
    }

    [Fact]
    public async Task A_second_file_adds_to_the_first()
    {
        FlightFile first = await WriteAsync("a.json", 10);
        FlightFile second = await WriteAsync("b.json", 20);
        using FlowLog log = Open();
        var loader = new Loader(log);

        await loader.LoadFlightsAsync(first);
        await loader.LoadFlightsAsync(second);

        Assert.Equal(30, Loaded(log).Count);
    }

    [Fact]
    public async Task Another_file_is_refused_while_one_is_loaded_in_part_only()
    {
        FlightFile first = await WriteAsync("a.json", 1500);
        FlightFile second = await WriteAsync("b.json", 20);
        using FlowLog log = Open();
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Loader(log).LoadFlightsAsync(first, _ => throw new InvalidOperationException()));

        var mistake = await Assert.ThrowsAsync<UnfinishedLoadException>(() => new Loader(log).LoadFlightsAsync(second));

        Assert.Equal("Only 1000 of the 1500 flights of 'a.json' are loaded: load that file to its end first, as it was, or start over with --reset.", mistake.Message);
        Assert.Equal(1000, Loaded(log).Count);
    }

    [Fact]
    public async Task Airports_are_loaded_once()
    {
        using FlowLog log = Open();

        await new Loader(log).LoadAirportsAsync(SampleFiles.Airports);
        await new Loader(log).LoadAirportsAsync(SampleFiles.Airports);

        using var airports = new TopicReader<Airport, AirportCodec>(log, Topics.Airports);
        List<Airport> read = [.. airports.ReadToEnd()];
        Assert.Equal(3376, read.Count);
        Assert.Contains(new Airport("DBN", "W. H. \"Bud\" Barron", "Dublin", "GA", "USA", 32.56445806, -82.98525556), read);
        Assert.Contains(new Airport("35A", "Union County, Troy Shelton", "Union", "SC", "USA", 34.68680111, -81.64121167), read);
    }

    [Fact]
    public void Another_number_of_partitions_than_that_of_the_log_is_refused()
    {
        using FlowLog log = Open();
        _ = new Loader(log, partitions: 2);

        var mistake = Assert.Throws<TopicMismatchException>(() => new Loader(log, partitions: 3));

        Assert.Contains("2 partitions", mistake.Message);
        Assert.Equal(2, new Loader(log).Partitions);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private FlowLog Open() => FlowLog.Open(Path.Combine(_directory, "log"), new FlowLogOptions { Durability = Durability.OsBuffered });

    // The delay of each flight is its place in the file.
    private async Task<FlightFile> WriteAsync(string name, int count)
    {
        string path = Path.Combine(_directory, name);
        IEnumerable<string> flights = Enumerable.Range(0, count).Select(i => $$"""{"date":"2001/01/01 00:47","delay":{{i}},"distance":1,"origin":"A{{i % 7}}","destination":"LAS"}""");
        await File.WriteAllTextAsync(path, $"[{string.Join(",\n", flights)}]");
        return await FlightFile.CheckAsync(path, CancellationToken.None);
    }

    private static List<int> Loaded(FlowLog log)
    {
        using var flights = new TopicReader<Flight, FlightCodec>(log, Topics.Flights);
        return [.. flights.ReadToEnd().Select(flight => flight.Delay)];
    }
}
