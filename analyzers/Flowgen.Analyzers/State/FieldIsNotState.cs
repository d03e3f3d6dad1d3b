using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Flowgen.Analyzers.State;

internal sealed class FieldIsNotState() : SymbolRule(Descriptor)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0703",
        "Field is not state",
        "'{0}' is shared by all keys of a partition and lost on restart: move it to a [State] struct",
        Categories.State,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0703.md");

    public override void Register(CompilationStartAnalysisContext context, FlowSymbols symbols) =>
        context.RegisterSymbolAction(member => Check(member, symbols), SymbolKind.Field, SymbolKind.Property);

    private static void Check(SymbolAnalysisContext context, FlowSymbols symbols)
    {
        ISymbol member = context.Symbol;
        if (member.IsStatic || member.IsImplicitlyDeclared || !symbols.IsStage(member.ContainingType)) return;
        bool changes = member switch
        {
            IFieldSymbol field => !field.IsReadOnly && !field.IsConst,
            IPropertySymbol property => property.SetMethod is { IsInitOnly: false } && Members.IsAutomatic(property),
            _ => false,
        };
        if (changes) context.ReportDiagnostic(Diagnostic.Create(Descriptor, member.Locations[0], member.Name));
    }
}
