using Flowgen.Log;
using Samples.Flights;

namespace Flowgen.Simulation.Tests.Kills;

/// <summary>Exactly-once: the flights app is killed with SIGKILL at random moments, while it loads too, and in the end nobody can tell.
/// FLOWGEN_SCALE multiplies the number of kills.</summary>
public sealed class KillTests
{
    private static int Kills => 50 * Scale.Factor;

    [Fact]
    public async Task Killed_at_random_moments_the_app_writes_what_one_life_writes_and_a_reader_saw_nothing_else()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        using TempDirectory reference = new();
        await KilledProgram.RunAsync(reference.Log, reference.Trace, Durability.OsBuffered);
        Outcome expected = Outcome.Of(reference.Log);
        int kills = 0;
        int whileLoading = 0;
        while (kills < Kills)
        {
            using TempDirectory killed = new();
            bool loading = true;
            while (await LiveAsync(killed, loading, random, isLast: kills >= Kills))
            {
                kills++;
                if (!HasResults(killed.Trace)) whileLoading++;
                loading = random.Next(3) == 0;
            }

            Compare(expected, Outcome.Of(killed.Log), Trace.Read(killed.Trace));
        }

        Assert.True(whileLoading > 0, $"No kill hit the loader (seed {seed}).");
        Assert.True(whileLoading < kills, $"No kill hit the app (seed {seed}).");
    }

    [Fact]
    public async Task The_reader_of_an_uninterrupted_run_sees_every_record()
    {
        using TempDirectory directory = new();
        await KilledProgram.RunAsync(directory.Log, directory.Trace, Durability.OsBuffered);

        Assert.Equal(Outcome.Of(directory.Log).Records.Count, Trace.Read(directory.Trace).Count);
    }

    private static Task<bool> LiveAsync(TempDirectory directory, bool loading, Random random, bool isLast)
    {
        TimeSpan untilKill = isLast ? TimeSpan.FromMinutes(2) : TimeSpan.FromMilliseconds(random.Next(0, 1000));
        return Life.RunAsync(directory.Log, directory.Trace, loading ? KilledProgram.Loading : KilledProgram.Running, untilKill);
    }

    private static bool HasResults(string trace) => Trace.Read(trace).Exists(sighting => sighting.Topic != Topics.Flights);

    private static void Compare(Outcome expected, Outcome actual, List<Sighting> seen)
    {
        Assert.Equal(expected.ByKey.Keys.Order(), actual.ByKey.Keys.Order());
        Assert.All(expected.ByKey, key => Assert.Equal(key.Value, actual.ByKey[key.Key]));
        CompareTotals(expected, actual);
        CheckReader(actual, seen);
    }

    /// <summary>How many totals of a route there are depends on when commits were; the last is the same, and each counts more flights than the one before.</summary>
    private static void CompareTotals(Outcome expected, Outcome actual)
    {
        Assert.Equal(expected.Totals.Keys.Order(), actual.Totals.Keys.Order());
        Assert.All(expected.Totals, route => Assert.Equal(route.Value[^1], actual.Totals[route.Key][^1]));
        Assert.All(actual.Totals.Values, totals => Assert.All(totals.Zip(totals.Skip(1)), pair => Assert.True(pair.First.Flights < pair.Second.Flights)));
    }

    /// <summary>What was seen is still there, each record was seen once, and in order. The last life ended, so everything was seen.</summary>
    private static void CheckReader(Outcome actual, List<Sighting> seen)
    {
        Assert.All(seen, sighting => Assert.Equal(actual.Records[(sighting.Topic, sighting.Partition, sighting.Offset)], sighting));
        foreach (IGrouping<(string, int), Sighting> partition in seen.GroupBy(sighting => (sighting.Topic, sighting.Partition)))
            Assert.Equal(Enumerable.Range(0, partition.Count()).Select(offset => (long)offset), partition.Select(sighting => sighting.Offset));
        Assert.Equal(actual.Records.Count, seen.Count);
    }

    private sealed class TempDirectory : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("flowgen-kill-").FullName;

        public string Log => Path.Combine(_path, "log");

        public string Trace => Path.Combine(_path, "trace.txt");

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
