using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Flowgen.Analyzers.Project;

internal sealed class StepOutsideStage() : SymbolRule(Descriptor)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0006",
        "Step outside a stage",
        "'[{0}]' has no effect because '{1}' has no [Stage]",
        Categories.Project,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0006.md");

    public override void Register(CompilationStartAnalysisContext context, FlowSymbols symbols) =>
        context.RegisterSymbolAction(method => Check(method, symbols), SymbolKind.Method);

    private static void Check(SymbolAnalysisContext context, FlowSymbols symbols)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (symbols.StepAttribute(method) is not { } attribute || symbols.IsStage(method.ContainingType)) return;
        if (attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is { } syntax)
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, syntax.GetLocation(), FlowSymbols.Word(attribute), method.ContainingType.Name));
    }
}
