using Samples.Flights;

namespace Flights.Tests.Loading;

public sealed class FlightFileTests : IDisposable
{
    private const string Good = """{"date":"2001/01/01 00:47","delay":66,"distance":1750,"origin":"DTW","destination":"LAS"}""";

    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public async Task The_flights_of_a_file_are_read_with_their_date_as_utc()
    {
        await File.WriteAllTextAsync(_path, $"[{Good}]");

        FlightFile file = await FlightFile.CheckAsync(_path, CancellationToken.None);

        Assert.Equal(1, file.Count);
        Assert.Equal([new Flight(new DateTimeOffset(2001, 1, 1, 0, 47, 0, TimeSpan.Zero), 66, 1750, "DTW", "LAS")], await ReadAsync(file));
    }

    [Theory]
    [InlineData("", "line 1, byte 1", "this is not a JSON array of flights")]
    [InlineData("{}", "line 1, byte 2", "this is not a JSON array of flights")]
    [InlineData("[{\"date\":\"2001", "line 1, byte 15", "this is not a JSON array of flights")]
    [InlineData("[\n  xyz\n]", "line 2, byte 3", "this is not a JSON array of flights")]
    [InlineData("[1]", "record 1", "expected an object of date, delay, distance, origin and destination, found 1")]
    public async Task What_is_no_array_of_objects_is_refused_with_the_place(string json, string where, string problem) =>
        await AssertRefusedAsync(json, where, problem);

    [Theory]
    [InlineData("\"delay\":66", "\"delay\":\"late\"", "'delay' must be a whole number, not \"late\"")]
    [InlineData("\"delay\":66", "\"delay\":1.5", "'delay' must be a whole number, not 1.5")]
    [InlineData("\"delay\":66", "\"delay\":null", "'delay' must be a whole number, not null")]
    [InlineData("\"distance\":1750", "\"distance\":99999999999", "'distance' must be a whole number, not 99999999999")]
    [InlineData("\"origin\":\"DTW\",", "", "'origin' is missing in {\"date\":\"2001/01/01 00:47\"")]
    [InlineData("\"origin\":\"DTW\"", "\"origin\":\"\"", "'origin' must be the code of an airport such as \"DTW\", not \"\"")]
    [InlineData("2001/01/01 00:47", "2001-01-01", "'date' must be a time such as \"2001/01/31 23:59\", not \"2001-01-01\"")]
    [InlineData("2001/01/01 00:47", "2001/02/30 00:47", "'date' must be a time such as \"2001/01/31 23:59\", not \"2001/02/30 00:47\"")]
    public async Task A_record_that_does_not_fit_is_refused_with_its_number_and_member(string good, string bad, string problem) =>
        await AssertRefusedAsync($"[{Good},\n{Good.Replace(good, bad, StringComparison.Ordinal)}]", "record 2", problem);

    [Fact]
    public async Task A_file_that_is_not_there_is_refused()
    {
        string missing = _path + ".missing";

        var mistake = await Assert.ThrowsAsync<FlightFileException>(() => FlightFile.CheckAsync(missing, CancellationToken.None));

        Assert.StartsWith($"There is no file '{missing}'", mistake.Message);
    }

    public void Dispose() => File.Delete(_path);

    private async Task AssertRefusedAsync(string json, string where, string problem)
    {
        await File.WriteAllTextAsync(_path, json);

        var mistake = await Assert.ThrowsAsync<FlightFileException>(() => FlightFile.CheckAsync(_path, CancellationToken.None));

        Assert.Equal(_path, mistake.File);
        Assert.Equal(where, mistake.Where);
        Assert.StartsWith($"{_path}, {where}: {problem}", mistake.Message);
        Assert.EndsWith("Nothing of the file was loaded.", mistake.Message);
    }

    private static async Task<List<Flight>> ReadAsync(FlightFile file)
    {
        var flights = new List<Flight>();
        await foreach (Flight flight in file.ReadAsync(CancellationToken.None))
            flights.Add(flight);
        return flights;
    }
}
