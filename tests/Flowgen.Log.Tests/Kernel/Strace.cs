using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Flowgen.Log.Tests.Kernel;

/// <summary>Starts programs under strace, which injects failures and kills into their system calls.</summary>
internal static partial class Strace
{
    /// <summary>Set by those who have made sure that strace is there: then its absence is a failure.</summary>
    public const string RequiredVariable = "FLOWGEN_REQUIRE_STRACE";

    private const string Calls = "pwrite64,write,fdatasync,fsync,ftruncate,rename,fallocate,unlink,mkdir,rmdir,link";

    private const string Faster = "--seccomp-bpf";

    private static readonly Lazy<Task<bool>> Works = new(async () =>
        OperatingSystem.IsLinux() && (await Start("/bin/sh", "-c", $"strace -f {Faster} -qq -o /dev/null true && echo works")).Lines is ["works"]);

    /// <summary>A call that a program made to a file.</summary>
    /// <param name="Name">The call.</param>
    /// <param name="Number">Which call of that name of its thread it is, the first being 1.</param>
    /// <param name="WasInjected">Whether it was made to fail, or killed the program.</param>
    public sealed record Call(string Name, int Number, bool WasInjected);

    public sealed record Result(string[] Lines, IReadOnlyList<Call> Calls);

    public static async Task<bool> IsThere()
    {
        bool works = await Works.Value;
        Assert.True(works || Environment.GetEnvironmentVariable(RequiredVariable) is not "1", $"strace does not work here, but {RequiredVariable} is set.");
        return works;
    }

    /// <summary>Runs a program.</summary>
    /// <param name="directory">Calls to files outside of it are not listed.</param>
    /// <param name="injection">What to inject, or null.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<Result> Run(string directory, string? injection, string program, params string[] arguments)
    {
        string trace = directory + ".trace";
        string[] inject = injection is null ? [] : ["-e", $"inject={injection}"];
        string[] faster = injection?.Contains("signal", StringComparison.Ordinal) == true ? [] : [Faster]; // which injects no signals
        var result = await Start("strace", ["-f", .. faster, "-qq", "-y", "-o", trace, "-e", $"trace={Calls}", .. inject, program, .. arguments]);
        var calls = ReadCalls(await File.ReadAllLinesAsync(trace), directory);
        File.Delete(trace);
        return result with { Calls = calls };
    }

    private static List<Call> ReadCalls(string[] lines, string directory)
    {
        var numbers = new Dictionary<(string Thread, string Name), int>();
        var calls = new List<Call>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (CallPattern().Match(lines[i]) is not { Success: true } match)
                continue;
            var key = (match.Groups[1].Value, match.Groups[2].Value);
            int number = numbers[key] = numbers.GetValueOrDefault(key) + 1;
            if (lines[i].Contains(directory, StringComparison.Ordinal))
                calls.Add(new Call(key.Item2, number, WasInjected(lines, i, key.Item1, key.Item2)));
        }

        return calls;
    }

    // A killed call does not return; others that are under way then do not either.
    private static bool WasInjected(string[] lines, int at, string thread, string name)
    {
        string end = lines[at];
        if (end.Contains("<unfinished ...>", StringComparison.Ordinal))
            end = lines.Skip(at + 1).FirstOrDefault(l => l.StartsWith(thread + " ", StringComparison.Ordinal) && l.Contains($"<... {name} resumed>", StringComparison.Ordinal)) ?? "= ?";
        return end.Contains("INJECTED", StringComparison.Ordinal) || end.Contains("= ?", StringComparison.Ordinal);
    }

    private static async Task<Result> Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        await errors;
        return new Result(printed.Split('\n', StringSplitOptions.RemoveEmptyEntries), []);
    }

    [GeneratedRegex(@"^(\d+)\s+(\w+)\(")]
    private static partial Regex CallPattern();
}
