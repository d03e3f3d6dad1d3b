using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Fuzz;

/// <summary>Whatever bytes a decoder gets, it decodes them or says what is wrong with them: no crash, no hang, no memory that only the input claims.</summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const string HeapLimit = "0x8000000"; // 128 MiB
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Mutated_inputs_are_decoded_or_refused()
    {
        int count = 100_000 * Scale.Factor;
        using var process = Process.Start(Start(0, count))!;
        string last = "nothing";
        try
        {
            while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
                last = line;
            await process.WaitForExitAsync();
        }
        catch (TimeoutException)
        {
            process.Kill();
            last = $"{FuzzProgram.Failure}: it hangs behind '{last}', within the next {FuzzProgram.Stride} seeds";
        }

        output.WriteLine($"{count} inputs, {last}");
        Assert.True(last.StartsWith(FuzzProgram.Done, StringComparison.Ordinal), $"{last} (exit code {process.ExitCode}, {await process.StandardError.ReadToEndAsync()})");
    }

    // Inputs that have once failed.
    [Theory]
    [InlineData("commits", 67)]
    [InlineData("commits", 357552)]
    [InlineData("schema", 37144)]
    [InlineData("schema", 223409)]
    public void An_input_that_has_failed_is_decoded_or_refused(string target, int seed) =>
        Assert.Null(FuzzProgram.Violation(FuzzProgram.All().First(t => t.Name == target), seed, out _));

    private static ProcessStartInfo Start(int firstSeed, int count)
    {
        string program = Path.ChangeExtension(typeof(FuzzTests).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        string[] arguments = ["fuzz", firstSeed.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_gcServer"] = "0";
        return start;
    }
}
