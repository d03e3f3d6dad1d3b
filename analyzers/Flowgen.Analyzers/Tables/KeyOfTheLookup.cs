using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Flowgen.Analyzers.Tables;

/// <summary>The parser compares the types of the keys; this also looks at which member of the record a step looks up by.</summary>
internal sealed class KeyOfTheLookup() : BodyRule(Descriptor, ProblemKind.KeyOfTheLookup)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0812",
        "Key of the lookup",
        "'{0}' looks up '{1}' by '{2}', but only the key of the current record is on this partition: use [GlobalTable]",
        Categories.Tables,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0812.md");

    public override void Register(SymbolStartAnalysisContext context, FlowSymbols symbols)
    {
        var stage = (INamedTypeSymbol)context.Symbol;
        bool hasKeyStep = stage.GetMembers().OfType<IMethodSymbol>().Any(method => symbols.StepAttribute(method) is { } step && FlowSymbols.Word(step) == "KeyBy");
        if (!hasKeyStep) context.RegisterOperationAction(call => Check(call, stage), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, INamedTypeSymbol stage)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod is not { Name: "TryGet" or "Find", ContainingType: { Name: "Table", TypeArguments: [_, INamedTypeSymbol row], ContainingNamespace.Name: Names.Namespace } }) return;
        IOperation key = call.Arguments[0].Value is IConversionOperation { Operand: var operand } ? operand : call.Arguments[0].Value;
        if (IsForeign(key, On(stage, row)) && context.ContainingSymbol is IMethodSymbol step)
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, key.Syntax.GetLocation(), step.Name, row.Name, key.Syntax.ToString()));
    }

    /// <summary>A literal, or a member of the record that is neither its key nor the one that the table names. Other expressions may well be the key.</summary>
    private static bool IsForeign(IOperation key, string? on) => key switch
    {
        ILiteralOperation => true,
        IMemberReferenceOperation { Instance: IParameterReferenceOperation { Parameter.RefKind: RefKind.In }, Member: var member } => on is null ? !IsKey(member) : member.Name != on,
        _ => false,
    };

    private static bool IsKey(ISymbol member) =>
        member.Attribute("Key") is not null
        || member.ContainingType.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Any(parameter => parameter.Name == member.Name && parameter.Attribute("Key") is not null);

    private static string? On(INamedTypeSymbol stage, INamedTypeSymbol row) => stage.Attributes("Table")
        .FirstOrDefault(table => SymbolEqualityComparer.Default.Equals(table.AttributeClass!.TypeArguments[0], row))?.NamedText("On");
}
