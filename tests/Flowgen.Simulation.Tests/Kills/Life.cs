using System.Diagnostics;

namespace Flowgen.Simulation.Tests.Kills;

/// <summary>One life of the program, from its start to its end or its death.</summary>
internal static class Life
{
    /// <summary>Runs the program and kills it (SIGKILL) some time after it has written a line, unless it ends before.</summary>
    /// <returns>Whether it was killed.</returns>
    public static async Task<bool> RunAsync(string directory, string trace, string line, TimeSpan untilKill)
    {
        ProcessStartInfo start = new(Dotnet()) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { "exec", typeof(Life).Assembly.Location, directory, trace }) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } written && written != line)
        {
            // The kill comes later.
        }

        using CancellationTokenSource deadline = new(untilKill);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0) return true; // it may have ended just before
        }

        Assert.True(process.ExitCode == 0, await errors);
        return false;
    }

    private static string Dotnet() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? Environment.ProcessPath!
        : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
