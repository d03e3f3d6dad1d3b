using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Flowgen.Analyzers;

/// <summary>Runs every rule of the <see cref="RuleTable"/>. The parser runs once for each declaration, however many rules there are.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FlowgenAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. RuleTable.All.Select(rule => rule.Wording)];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        if (FlowSymbols.Of(context.Compilation) is not { } symbols) return;

        ProblemReporter.Register(context);
        foreach (SymbolRule rule in RuleTable.All.OfType<SymbolRule>()) rule.Register(context, symbols);
        context.RegisterSymbolStartAction(type => StartStage(type, symbols), SymbolKind.NamedType);
    }

    private static void StartStage(SymbolStartAnalysisContext context, FlowSymbols symbols)
    {
        if (!symbols.IsStage((INamedTypeSymbol)context.Symbol)) return;
        foreach (BodyRule rule in RuleTable.All.OfType<BodyRule>()) rule.Register(context, symbols);
    }
}
