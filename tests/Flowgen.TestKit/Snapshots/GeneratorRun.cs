using System.Collections.Immutable;
using Flowgen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Flowgen.TestKit.Snapshots;

/// <summary>One run of the generator, checked for what every run must keep: no exception, no diagnostic of its own,
/// no warning in the compilation with its output, and everything cached when it runs again on the same source.</summary>
public sealed class GeneratorRun
{
    // The compiler names its own first steps too; those see the new compilation.
    private static readonly HashSet<string> OwnSteps = [.. typeof(TrackingNames).GetFields().Select(f => (string)f.GetRawConstantValue()!)];

    private GeneratorRun(Compilation compilation, ImmutableArray<GeneratedSourceResult> sources)
    {
        Compilation = compilation;
        Sources = sources;
    }

    /// <summary>The compilation with the generated files.</summary>
    public Compilation Compilation { get; }

    /// <summary>The generated files, ordered by hint name.</summary>
    public ImmutableArray<GeneratedSourceResult> Sources { get; }

    /// <summary>Runs the generator twice over a compilation.</summary>
    /// <param name="compilation">The user's code.</param>
    /// <param name="allowed">Diagnostics that the user's code is meant to have.</param>
    public static GeneratorRun Of(Compilation compilation, params IReadOnlyCollection<string> allowed)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new FlowGenerator().AsSourceGenerator()],
            parseOptions: (CSharpParseOptions)compilation.SyntaxTrees.First().Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> reported);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        Assert.Empty(reported);
        AssertNoWarnings(output, result.GeneratedSources, allowed);
        AssertCached(driver.RunGenerators(compilation.Clone()).GetRunResult().Results.Single());
        return new GeneratorRun(output, [.. result.GeneratedSources.OrderBy(s => s.HintName, StringComparer.Ordinal)]);
    }

    private static void AssertNoWarnings(Compilation output, ImmutableArray<GeneratedSourceResult> sources, IReadOnlyCollection<string> allowed)
    {
        Diagnostic[] diagnostics = [.. output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning && !allowed.Contains(d.Id))];
        if (diagnostics.Length == 0) return;
        IEnumerable<string> files = sources.Where(s => diagnostics.Any(d => d.Location.SourceTree == s.SyntaxTree)).Select(s => $"── {s.HintName}\n{Numbered(s.SourceText.ToString())}");
        Assert.Fail($"{string.Join('\n', diagnostics.Select(d => d.ToString()))}\n{string.Join('\n', files)}");
    }

    private static string Numbered(string text) => string.Join('\n', text.Split('\n').Select((line, i) => $"{i + 1,4} {line}"));

    private static void AssertCached(GeneratorRunResult second)
    {
        string[] rerun = [.. second.TrackedSteps.Where(step => OwnSteps.Contains(step.Key)).Concat(second.TrackedOutputSteps)
            .SelectMany(step => step.Value.SelectMany(run => run.Outputs.Where(o => !IsCached(o.Reason)).Select(o => $"{step.Key}: {o.Reason}")))];
        Assert.True(rerun.Length == 0, $"The second run on the same source did not come from the cache:\n{string.Join('\n', rerun)}");
    }

    private static bool IsCached(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;
}
