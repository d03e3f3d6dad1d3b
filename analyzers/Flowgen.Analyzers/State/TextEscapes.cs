using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Flowgen.Analyzers.State;

internal sealed class TextEscapes() : SymbolRule(Descriptor)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0709",
        "Text escapes",
        "'Text' borrows the batch and cannot be kept: use string, Text32 or Own()",
        Categories.State,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0709.md");

    public override void Register(CompilationStartAnalysisContext context, FlowSymbols symbols)
    {
        if (symbols.Text is null) return;
        var seen = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);     // two stages may share an accumulator
        context.RegisterSymbolAction(type => CheckStage(type, symbols, seen), SymbolKind.NamedType);
    }

    private static void CheckStage(SymbolAnalysisContext context, FlowSymbols symbols, ConcurrentDictionary<ISymbol, bool> seen)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        bool isStage = symbols.IsStage(type);
        if (isStage || symbols.IsState(type)) CheckMembers(context, type, symbols, seen);
        if (!isStage) return;

        foreach (IMethodSymbol step in type.GetMembers().OfType<IMethodSymbol>().Where(symbols.IsStep))
            foreach (IParameterSymbol kept in Accumulators.KeptBy(step))
            {
                if (IsText(kept.Type, symbols)) Report(context, kept, seen);
                else CheckMembers(context, kept.Type, symbols, seen);
            }
    }

    private static void CheckMembers(SymbolAnalysisContext context, ITypeSymbol type, FlowSymbols symbols, ConcurrentDictionary<ISymbol, bool> seen)
    {
        foreach ((ISymbol member, ITypeSymbol kept) in Members.OfInstance(type))
            if (Members.Hold(kept, held => IsText(held, symbols))) Report(context, member, seen);
    }

    private static void Report(SymbolAnalysisContext context, ISymbol where, ConcurrentDictionary<ISymbol, bool> seen)
    {
        if (where.Locations[0].IsInSource && seen.TryAdd(where, true))
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, where.Locations[0]));
    }

    private static bool IsText(ITypeSymbol type, FlowSymbols symbols) => SymbolEqualityComparer.Default.Equals(type, symbols.Text);
}
