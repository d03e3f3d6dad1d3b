using System.Collections.Immutable;
using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Reads a class with [Stage].</summary>
public static class StageParser
{
    /// <summary>Reads a stage.</summary>
    /// <param name="stage">The class.</param>
    /// <param name="known">The types of Flowgen.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The model with the records that only this stage knows, and the problems.</returns>
    public static StageParse Parse(INamedTypeSymbol stage, KnownSymbols known, CancellationToken cancellation)
    {
        if (stage.Name.Length == 0 || stage.Attribute("Stage") is not { } attribute || !known.AreFound) return new StageParse(null, default, []);
        var problems = new ProblemList();
        var declaration = new StageDeclaration(stage, attribute, known);
        DeclarationModel shape = Declarations.Read(stage, known, cancellation);
        (StageModel? model, List<RecordDeclaration> inner) = Parse(declaration, shape, problems, cancellation);
        problems.AddRange(inner.SelectMany(r => r.Problems));
        bool isUsable = model is not null && !problems.HasErrors;
        return new StageParse(
            isUsable ? model : Stub(shape, declaration.Name),
            isUsable ? inner.Select(r => r.Model).ToEquatable() : default,
            problems.ToImmutable());
    }

    // Each part rests upon the one before: after an error, later parts would only report what follows from it.
    private static (StageModel? Model, List<RecordDeclaration> Inner) Parse(StageDeclaration stage, DeclarationModel shape, ProblemList problems, CancellationToken cancellation)
    {
        new StageReader(stage, problems, cancellation).Read();
        StepReader.Read(stage, problems);
        new SignatureReader(stage, problems).Read();
        if (problems.HasErrors) return (null, []);

        CoreDeclaration core = new CoreReader(stage, problems).Read();
        if (problems.HasErrors) return (null, []);
        new WindowChecks(stage, problems).Check();

        var provenance = new Provenance(stage.Known.Compilation, cancellation);
        var demands = new KeyDemands(stage, provenance, problems);
        if (!problems.HasErrors) demands.Check();
        if (problems.HasErrors) return (null, []);

        Flow flow = new FlowBuilder(stage, demands, provenance, problems).Build();
        new FlowChecks(stage, flow, problems).Check();
        if (problems.HasErrors) return (null, []);
        new KeyChecks(stage, flow, demands, problems).Check();
        ReportName(stage, core, problems);
        List<RecordDeclaration> inner = InnerRecords(stage, flow);
        if (problems.HasErrors || HasBrokenPart(stage, core)) return (null, inner);
        StageModel model = new StageMapper(stage, core, flow, demands, shape).Map();
        GeneratedNames.Check(stage.Symbol, model, problems);
        return (model, inner);
    }

    // What is broken there is reported there.
    private static bool HasBrokenPart(StageDeclaration stage, CoreDeclaration core) =>
        stage.Inputs.Concat(stage.Outputs).Concat(stage.Tables).Any(w => w.Record.HasErrors)
        || (core.Accumulator is not null && core.AccumulatorModel is null);

    private static List<RecordDeclaration> InnerRecords(StageDeclaration stage, Flow flow) =>
    [
        .. flow.Nodes.Select(n => n.Type).Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)
            .Where(t => !stage.Inputs.Concat(stage.Outputs).Any(w => w.Type.Is(t)))
            .Select(stage.Known.Records.Read)
            .Where(r => !r.IsPublicWire && (r.Key is not null || flow.Nodes.Exists(n => n.Type.Is(r.Symbol) && (n.Exchange is not null || n.IsEntry)))),
    ];

    private static void ReportName(StageDeclaration stage, CoreDeclaration core, ProblemList problems)
    {
        bool isStateful = core.Accumulator is not null || core.State is not null;
        if (isStateful && !stage.HasExplicitName)
            problems.Add(new Problem(ProblemKind.StateDependsOnClassName, stage.Location, stage.Symbol.Name, stage.Name).With(ProblemProperties.Name, stage.Name));
    }

    private static StageModel Stub(DeclarationModel shape, string name) => new(shape, name, true, false, default, default, default, default, default, "", default);
}

/// <summary>What the parser makes of a stage.</summary>
/// <param name="Model">The model; null where not even a stub can be written.</param>
/// <param name="InnerRecords">The record types without [Topic] and [Stream] that need a codec; other stages may name the same ones.</param>
/// <param name="Problems">What is wrong, in the order of the source.</param>
public sealed record StageParse(StageModel? Model, EquatableArray<RecordModel> InnerRecords, ImmutableArray<Problem> Problems)
{
    /// <summary>What an app needs to know of the stage; null where there is no model.</summary>
    public StageSummary? Summary =>
        Model is null ? null : new(Model.Declaration.Type, Model.Name, Model.HasErrors, Model.Inputs, Model.Tables, Model.Outputs);
}
