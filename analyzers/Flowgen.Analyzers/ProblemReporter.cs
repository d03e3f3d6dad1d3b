using System.Collections.Concurrent;
using System.Collections.Immutable;
using Flowgen.Parsing;
using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Flowgen.Analyzers;

/// <summary>Runs the parser of the generator over each declaration, and reports what it found in the words of the rules.</summary>
internal sealed class ProblemReporter
{
    private static readonly ImmutableDictionary<ProblemKind, DiagnosticDescriptor> Wordings =
        RuleTable.All.Where(rule => rule.Kind is not null).ToImmutableDictionary(rule => rule.Kind!.Value, rule => rule.Wording);

    private readonly KnownSymbols _known;
    private readonly ConcurrentBag<INamedTypeSymbol> _topics = [];
    private readonly ConcurrentBag<(INamedTypeSymbol, StageSummary)> _stages = [];
    private readonly ConcurrentBag<(INamedTypeSymbol, AppDeclarationModel)> _apps = [];

    // Two stages that use the same record find the same problem of it.
    private readonly ConcurrentDictionary<(ProblemKind Kind, string File, TextSpan Span), bool> _reported = new();

    private ProblemReporter(KnownSymbols known) => _known = known;

    public static void Register(CompilationStartAnalysisContext context)
    {
        var reporter = new ProblemReporter(KnownSymbols.Of(context.Compilation));
        context.RegisterSymbolAction(reporter.CheckType, SymbolKind.NamedType);
        context.RegisterCompilationEndAction(reporter.CheckCompilation);
    }

    private void CheckType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        foreach (AttributeData attribute in type.GetAttributes().Where(attribute => attribute.IsOfFlowgen()))
            foreach (Problem problem in Parse(type, attribute.Word(), context.CancellationToken))
                Report(problem, context.ReportDiagnostic);
    }

    private ImmutableArray<Problem> Parse(INamedTypeSymbol type, string attribute, CancellationToken cancellation)
    {
        switch (attribute)
        {
            case "Topic":
                _topics.Add(type);
                return RecordParser.Parse(type, _known, cancellation).Problems;
            case "Stream":
                return RecordParser.Parse(type, _known, cancellation).Problems;
            case "Stage":
                StageParse stage = StageParser.Parse(type, _known, cancellation);
                if (stage.Summary is { } summary) _stages.Add((type, summary));
                return stage.Problems;
            case "FlowApp":
                ParseResult<AppDeclarationModel> app = AppParser.Parse(type, _known, cancellation);
                if (app.Model is { } model) _apps.Add((type, model));
                return app.Problems;
            default:
                return [];
        }
    }

    private void CheckCompilation(CompilationAnalysisContext context)
    {
        foreach (Problem problem in AppProblems.Find(_topics, _stages, _apps)) Report(problem, context.ReportDiagnostic);
    }

    private void Report(Problem problem, Action<Diagnostic> report)
    {
        if (!problem.Location.IsInSource || !_reported.TryAdd((problem.Kind, problem.Location.SourceTree!.FilePath, problem.Location.SourceSpan), true)) return;
        report(Diagnostic.Create(Wordings[problem.Kind], problem.Location, problem.Properties, [.. problem.Arguments]));
    }
}
