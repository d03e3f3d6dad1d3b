namespace Flights.Tests.Programs;

public sealed class ProgramTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("flights-program-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Flights_loads_processes_and_shows_and_finds_nothing_left_to_do_the_next_time()
    {
        string log = Path.Combine(_directory, "log");

        (int exitCode, string[] first, string errors) = await SampleProgram.RunAsync("Flights", "--dir", log, "--workers", "2");
        (int nextExitCode, string[] next, string nextErrors) = await SampleProgram.RunAsync("Flights", "--dir", log);

        Assert.Equal((0, "", 0, ""), (exitCode, errors, nextExitCode, nextErrors));
        Assert.Equal("Load flights: 20,000 loaded.", first[0]);
        Assert.StartsWith("20,000 flights became ", first[1], StringComparison.Ordinal);
        Assert.Equal(["flights-20k.json is loaded: 20,000 flights.", "Nothing is left to do: all 20,000 flights are processed."], next[..2]);
        Assert.Equal(
            [
                "LAS McCarran International   Las Vegas                 464  10.0 min     25.2%  Jan 12 19:00 +217m",
                "DTW Detroit Metropolitan-W…  Detroit                   458   4.8 min     21.4%  Feb 22 22:00 +226m",
                "MSP Minneapolis-St Paul In…  Minneapolis               458   3.9 min     20.3%  Feb 23 22:00 +199m",
                "DEN Denver Intl              Denver                    452  11.9 min     27.0%  Feb 11 12:00 +269m",
            ],
            Table(first)[^4..]);
        Assert.Equal(Table(first), Table(next));
    }

    [Fact]
    public async Task Flights_says_what_is_wrong_with_its_input_and_fails()
    {
        (int exitCode, _, string errors) = await SampleProgram.RunAsync("Flights", "--dir", Path.Combine(_directory, "log"), "--data", Path.Combine(_directory, "none.json"));

        Assert.Equal(1, exitCode);
        Assert.StartsWith("There is no file '", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hello_prints_what_it_sent_and_what_it_doubled()
    {
        (int exitCode, string[] output, string errors) = await SampleProgram.RunAsync("Hello");

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal(10, output.Count(line => line.EndsWith(": Hello, Flowgen!", StringComparison.Ordinal)));
        Assert.Equal(["2", "4", "6", "8", "10"], output[^5..]);
    }

    /// <summary>The heading and the ten airports.</summary>
    private static string[] Table(string[] output) => output[Array.FindIndex(output, line => line.StartsWith("Airport ", StringComparison.Ordinal))..][..11];
}
