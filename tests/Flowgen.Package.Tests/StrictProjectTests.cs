namespace Flowgen.Package.Tests;

/// <summary>The package as its users meet it: restored, built with every warning an error, run.</summary>
[Collection(PackageCollection.Name)]
public class StrictProjectTests(PackageFeed feed)
{
    [Fact]
    public void A_strict_project_builds_without_a_warning_and_runs()
    {
        using StrictProject project = new(feed);

        project.Dotnet("build", "--configuration", "Release").Succeeded();
        string output = project.Dotnet("run", "--configuration", "Release", "--no-build", "--", Path.Combine(project.Folder, "log")).Succeeded();

        Assert.Equal(["1 00:00:00 21 2", "1 00:00:10 30 1"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_wrong_stage_fails_the_build_with_one_diagnostic_that_names_its_line()
    {
        using StrictProject project = new(feed);
        project.AddSource("WrongStage.txt", "WrongStage.cs");

        CliResult build = project.Dotnet("build");

        Assert.NotEqual(0, build.ExitCode);
        IEnumerable<string> errors = build.Output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct();
        string error = Assert.Single(errors);
        Assert.Contains("WrongStage.cs(6,17): error FLOW0301", error, StringComparison.Ordinal);
    }
}
