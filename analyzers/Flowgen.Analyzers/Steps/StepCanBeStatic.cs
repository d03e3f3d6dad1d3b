using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Flowgen.Analyzers.Steps;

internal sealed class StepCanBeStatic() : BodyRule(Descriptor)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0510",
        "Step can be static",
        "'{0}' uses no instance member",
        Categories.Steps,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0510.md");

    public override void Register(SymbolStartAnalysisContext context, FlowSymbols symbols) =>
        context.RegisterOperationBlockAction(block => Check(block, symbols));

    private static void Check(OperationBlockAnalysisContext context, FlowSymbols symbols)
    {
        if (context.OwningSymbol is not IMethodSymbol { IsStatic: false } method || !symbols.IsStep(method)) return;
        if (method.IsOverride || method.IsVirtual || method.IsAbstract) return;
        if (!context.OperationBlocks.Any(block => block.DescendantsAndSelf().Any(UsesInstance)))
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, method.Locations[0], method.Name));
    }

    // A parameter of the primary constructor is instance state too: its symbol belongs to the constructor, not to the step.
    private static bool UsesInstance(IOperation operation) => operation switch
    {
        IInstanceReferenceOperation => true,
        IParameterReferenceOperation reference => reference.Parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor },
        IInvalidOperation => true,
        _ => false,
    };
}
