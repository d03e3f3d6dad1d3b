using System.Collections.Immutable;
using Flowgen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Flowgen.TestKit;

/// <summary>A second run of the generator over a changed compilation: what came from the cache and what did not.</summary>
public sealed class IncrementalRun
{
    // The compiler names its own first steps too; those see the new compilation.
    private static readonly HashSet<string> OwnSteps = [.. typeof(TrackingNames).GetFields().Select(f => (string)f.GetRawConstantValue()!)];

    private IncrementalRun(GeneratorDriver driver, ImmutableArray<TrackedOutput> outputs)
    {
        Driver = driver;
        Outputs = outputs;
    }

    /// <summary>The driver with its caches.</summary>
    public GeneratorDriver Driver { get; }

    /// <summary>What the named steps and the source outputs gave.</summary>
    public ImmutableArray<TrackedOutput> Outputs { get; }

    /// <summary>The outputs that were computed anew and are not equal to before.</summary>
    public IEnumerable<TrackedOutput> Changed => Outputs.Where(o => o.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));

    /// <summary>Runs the generator over two compilations with one driver.</summary>
    /// <param name="before">The first compilation.</param>
    /// <param name="after">The second one.</param>
    /// <returns>What the second run did.</returns>
    public static IncrementalRun Of(Compilation before, Compilation after)
    {
        GeneratorDriver driver = Start().RunGenerators(before);
        return Of(driver, after);
    }

    /// <summary>Runs a driver that has run before.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="after">The compilation.</param>
    /// <returns>What the run did.</returns>
    public static IncrementalRun Of(GeneratorDriver driver, Compilation after)
    {
        driver = driver.RunGenerators(after);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        if (result.Exception is not null) throw new InvalidOperationException("The generator threw", result.Exception);
        return new IncrementalRun(driver, [.. result.TrackedSteps.Where(s => OwnSteps.Contains(s.Key)).Concat(result.TrackedOutputSteps)
            .SelectMany(step => step.Value.SelectMany(run => run.Outputs.Select(o => new TrackedOutput(step.Key, o.Value, o.Reason))))]);
    }

    /// <summary>A driver that tracks its steps.</summary>
    /// <returns>The driver, before its first run.</returns>
    public static GeneratorDriver Start() => CSharpGeneratorDriver.Create(
        [new FlowGenerator().AsSourceGenerator()],
        parseOptions: TestCompilation.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}

/// <summary>An output of a step.</summary>
/// <param name="Step">The name of the step.</param>
/// <param name="Value">The value.</param>
/// <param name="Reason">Where it came from.</param>
public sealed record TrackedOutput(string Step, object Value, IncrementalStepRunReason Reason);
