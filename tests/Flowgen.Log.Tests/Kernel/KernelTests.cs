using System.Collections.Concurrent;
using System.Globalization;
using Flowgen.Log.Tests.Simulation;
using Flowgen.Log.Tests.Support;
using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Kernel;

/// <summary>
/// A real process on a real kernel, into whose system calls strace injects failures and kills. A kill does not test syncs (the page cache
/// survives it): the simulation does that.
/// </summary>
public sealed class KernelTests(ITestOutputHelper output) : IDisposable
{
    private const int Scenarios = 10;
    private const int InjectionsForEach = 21;

    private readonly TemporaryDirectory _directory = new();

    private enum Kind
    {
        Kill,
        Eio,
        Enospc,
    }

    private sealed record Outcome(string Injection, bool WasInjected, string? Wrong);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_kill_or_an_error_in_any_system_call_loses_nothing_that_was_acknowledged()
    {
        if (!await StraceWorks())
            return;

        var outcomes = new ConcurrentBag<Outcome>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Scenarios * Scale.Factor),
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (seed, _) => await RunScenario(seed, outcomes));

        int injected = outcomes.Count(o => o.WasInjected);
        foreach (var kind in outcomes.Where(o => o.WasInjected).GroupBy(o => o.Injection.Split(":when")[0]).OrderBy(g => g.Key, StringComparer.Ordinal))
            output.WriteLine($"{kind.Count()} × {kind.Key}");
        output.WriteLine($"{injected} injected runs of {outcomes.Count}");
        string[] wrong = [.. outcomes.Where(o => o.Wrong is not null).Select(o => $"{o.Injection}: {o.Wrong}").Take(5)];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
        Assert.InRange(injected, 200 * Scale.Factor, outcomes.Count);
    }

    // .NET's own ways to flush return normally after a failed fsync.
    [Theory]
    [InlineData("fdatasync")]
    [InlineData("fsync")]
    public async Task A_failed_sync_poisons_the_log(string call)
    {
        if (!await StraceWorks())
            return;

        string directory = Path.Combine(_directory.Path, call);
        var dry = await Run(Path.Combine(_directory.Path, "dry"), seed: 0, injection: null);
        int number = dry.Calls.Where(c => c.Name == call).Max(c => c.Number);
        string[] printed = (await Run(directory, seed: 0, $"{call}:error=EIO:when={number / 2}+")).Lines;

        Assert.Equal(nameof(LogPoisonedException), printed[^1]);
        Assert.Null(Check(directory, seed: 0, printed));
    }

    private async Task RunScenario(int seed, ConcurrentBag<Outcome> outcomes)
    {
        string dryDirectory = Path.Combine(_directory.Path, $"{seed}-dry");
        var dry = await Run(dryDirectory, seed, injection: null);
        Assert.Equal(StepsProgram.Closed, dry.Lines[^1]);
        Assert.Null(Check(dryDirectory, seed, dry.Lines));
        var random = new Random(seed);
        var names = dry.Calls.Select(c => c.Name).Distinct().ToArray();
        for (int i = 0; i < InjectionsForEach; i++)
        {
            // Each kind of call as often as the others, however rare it is.
            var calls = dry.Calls.Where(c => c.Name == names[i % names.Length]).ToList();
            var call = calls[random.Next(calls.Count)];
            string injection = Injection(call, (Kind)random.Next(3), random);
            string directory = Path.Combine(_directory.Path, $"{seed}-{i}");
            var result = await Run(directory, seed, injection);
            outcomes.Add(new Outcome(injection, result.Calls.Any(c => c.WasInjected), Check(directory, seed, result.Lines) is { } wrong ? $"seed {seed}: {wrong}" : null));
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Injection(Strace.Call call, Kind kind, Random random)
    {
        string what = kind switch
        {
            Kind.Kill => "signal=KILL",
            Kind.Eio => "error=EIO",
            _ => "error=ENOSPC",
        };
        string forEver = kind != Kind.Kill && random.Next(2) == 0 ? "+" : "";
        return FormattableString.Invariant($"{call.Name}:{what}:when={call.Number}{forEver}");
    }

    // The log holds what was acknowledged, and perhaps some of the step that was under way.
    private static string? Check(string directory, int seed, string[] printed)
    {
        var run = new ScenarioRun(StepsProgram.Scenario(seed), directory);
        foreach (string line in printed.Where(l => l.Contains(':', StringComparison.Ordinal)))
        {
            if (!line.StartsWith(FormattableString.Invariant($"{run.Taken}:"), StringComparison.Ordinal))
                return $"it printed {string.Join(' ', printed)}";
            run.Note(line.Split(':')[1]);
        }

        if (!run.IsDone)
            run.BeginElsewhere();
        try
        {
            using var log = FlowLog.Open(directory);
            return run.Find(LogContent.Of(log), out string? difference) < 0 ? $"behind step {run.Taken} '{run.Current.Name}' {difference}" : null;
        }
        catch (FlowLogException e)
        {
            return e.Message;
        }
    }

    private static Task<Strace.Result> Run(string directory, int seed, string? injection)
    {
        Directory.CreateDirectory(directory);
        string program = Path.ChangeExtension(typeof(KernelTests).Assembly.Location, null);
        return Strace.Run(directory, injection, program, "steps", directory, seed.ToString(CultureInfo.InvariantCulture));
    }

    private async Task<bool> StraceWorks()
    {
        if (await Strace.IsThere())
            return true;
        output.WriteLine("Not run: strace is missing here, or may not trace a process.");
        return false;
    }
}
