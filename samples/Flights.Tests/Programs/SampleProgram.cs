using System.Diagnostics;
using System.Text;

namespace Flights.Tests.Programs;

/// <summary>Runs a sample as users do: as a process.</summary>
internal static class SampleProgram
{
    /// <returns>Its exit code and the lines of its output, without the blanks that fill them.</returns>
    public static async Task<(int ExitCode, string[] Output, string Errors)> RunAsync(string assembly, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, [.. output.TrimEnd().Split('\n').Select(line => line.TrimEnd())], await errors);
    }
}
