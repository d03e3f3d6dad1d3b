using Flowgen.TestKit.Snapshots;

namespace Flowgen.Generators.Tests.Snapshots;

/// <summary>The README shows a stage beside its generated code: the stage of the package tests, and this snapshot.</summary>
public class ReadmeTests
{
    private static readonly string[] Files = ["Readings.cs", "Mean.cs", "AverageTemperature.cs"];

    [Fact]
    public void Average_temperature() => Snapshot.Verify(this, Source(), hint => hint.Contains("AverageTemperature", StringComparison.Ordinal));

    private static string Source()
    {
        const string head = "namespace Consumer;";
        IEnumerable<string> bodies = Files.Select(file => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Consumer", file)).Replace(head, "", StringComparison.Ordinal));
        return $"{head}\n{string.Concat(bodies)}";
    }
}
