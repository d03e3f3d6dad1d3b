using System.Runtime.CompilerServices;
using Flowgen.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Flowgen.Generators.Tests.Incremental;

public sealed class MemoryTests
{
    [Fact]
    public void Nothing_of_the_compiler_is_reachable_from_a_cached_value()
    {
        IncrementalRun run = IncrementalRun.Of(Sources.Flights(), Sources.Flights());

        TrackedOutput[] named = [.. run.Outputs.Where(o => o.Step != "SourceOutput")];
        Assert.NotEmpty(named);
        Assert.All(named, output => Assert.Null(ObjectGraph.FindCompilerObject(output.Value)));
    }

    [Fact]
    public void The_scan_finds_what_it_looks_for()
    {
        SyntaxTree tree = TestCompilation.Parse("class C;");

        Assert.NotNull(ObjectGraph.FindCompilerObject(new { Deep = new List<object> { new Lazy<object>(tree) } }));
        Assert.NotNull(ObjectGraph.FindCompilerObject(new[] { Sources.Flights().Assembly }));
        Assert.Null(ObjectGraph.FindCompilerObject(new { Plain = "text", Number = 1 }));
    }

    [Fact]
    public void An_old_compilation_does_not_stay_alive()
    {
        (GeneratorDriver driver, WeakReference old) = RunTwice();

        for (int i = 0; i < 10 && old.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(old.IsAlive);
        GC.KeepAlive(driver);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, WeakReference Old) RunTwice()
    {
        Compilation first = Sources.Flights();
        GeneratorDriver driver = IncrementalRun.Start().RunGenerators(first);
        Compilation second = Sources.Replace((CSharpCompilation)first, "departures++", "departures += 1");
        return (driver.RunGenerators(second), new WeakReference(first));
    }
}
