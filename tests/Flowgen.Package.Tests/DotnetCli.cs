using System.Diagnostics;

namespace Flowgen.Package.Tests;

/// <summary>Runs the <c>dotnet</c> that runs the tests, as a user would on a command line.</summary>
internal static class DotnetCli
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command to its end.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="packages">The package folder of the command; null for the user's own.</param>
    /// <param name="arguments">The command and its arguments.</param>
    public static CliResult Run(string folder, string? packages, params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test host was started with is not what a user's shell holds.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        if (packages is not null) start.Environment["NUGET_PACKAGES"] = packages;

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'dotnet {string.Join(' ', arguments)}' did not end within {Patience}");
        }

        return new CliResult(process.ExitCode, output.Result + errors.Result);
    }
}

/// <summary>How a command ended.</summary>
internal sealed record CliResult(int ExitCode, string Output)
{
    /// <summary>The output of a command that must have succeeded.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}");
        return Output;
    }
}
