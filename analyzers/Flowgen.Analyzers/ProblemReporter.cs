using System.Collections.Concurrent;
using System.Collections.Immutable;
using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Flowgen.Analyzers;

/// <summary>Runs the parser of the generator over each declaration, and reports what it found in the words of the rules.</summary>
internal sealed class ProblemReporter(KnownSymbols known)
{
    private static readonly ImmutableDictionary<ProblemKind, DiagnosticDescriptor> Wordings =
        RuleTable.All.Where(rule => rule.Kind is not null).ToImmutableDictionary(rule => rule.Kind!.Value, rule => rule.Wording);

    // Two stages that use the same record find the same problem of it.
    private readonly ConcurrentDictionary<(ProblemKind Kind, string File, TextSpan Span), bool> _reported = new();

    public static void Register(CompilationStartAnalysisContext context)
    {
        var reporter = new ProblemReporter(KnownSymbols.Of(context.Compilation));
        context.RegisterSymbolAction(reporter.CheckType, SymbolKind.NamedType);
    }

    private void CheckType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        foreach (AttributeData attribute in type.GetAttributes())
            foreach (Problem problem in Parse(type, attribute.AttributeClass, context.CancellationToken))
                Report(problem, context.ReportDiagnostic);
    }

    private ImmutableArray<Problem> Parse(INamedTypeSymbol type, INamedTypeSymbol? attribute, CancellationToken cancellation)
    {
        if (attribute is not { ContainingNamespace: { Name: Names.Namespace, ContainingNamespace.IsGlobalNamespace: true } }) return [];
        return attribute.Name switch
        {
            "StageAttribute" => StageParser.Parse(type, known, cancellation).Problems,
            "TopicAttribute" or "StreamAttribute" => RecordParser.Parse(type, known, cancellation).Problems,
            "FlowAppAttribute" => AppParser.Parse(type, known, cancellation).Problems,
            _ => [],
        };
    }

    private void Report(Problem problem, Action<Diagnostic> report)
    {
        if (!_reported.TryAdd((problem.Kind, problem.Location.SourceTree?.FilePath ?? "", problem.Location.SourceSpan), true)) return;
        report(Diagnostic.Create(Wordings[problem.Kind], problem.Location, problem.Properties, [.. problem.Arguments]));
    }
}
