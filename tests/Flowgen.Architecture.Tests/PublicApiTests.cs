using System.Reflection;

namespace Flowgen.Architecture.Tests;

/// <summary>What users can reach changes only on purpose: run with FLOWGEN_ACCEPT=1 to accept a new surface.</summary>
public class PublicApiTests
{
    [Theory]
    [InlineData("Flowgen")]
    [InlineData("Flowgen.Log")]
    [InlineData("Flowgen.Runtime")]
    [InlineData("Flowgen.Hosting")]
    [InlineData("Flowgen.Testing")]
    public void The_surface_is_the_one_that_was_agreed(string name)
    {
        string verified = Path.Combine(Repository.Root, "tests", "Flowgen.Architecture.Tests", $"PublicApi.{name}.verified.txt");
        string received = verified.Replace(".verified.", ".received.", StringComparison.Ordinal);
        string actual = PublicApi.Of(Assembly.Load(name));

        bool agreed = File.Exists(verified) && File.ReadAllText(verified) == actual;
        if (!agreed && Environment.GetEnvironmentVariable("FLOWGEN_ACCEPT") == "1")
        {
            File.WriteAllText(verified, actual);
            agreed = true;
        }

        if (agreed) File.Delete(received);
        else File.WriteAllText(received, actual);
        Assert.True(agreed, $"The public surface of {name} changed. Compare {Path.GetFileName(received)} with {Path.GetFileName(verified)}; run the test with FLOWGEN_ACCEPT=1 if the change is meant");
    }
}
