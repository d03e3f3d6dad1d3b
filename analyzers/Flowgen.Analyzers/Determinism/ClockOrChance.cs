using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Flowgen.Analyzers.Determinism;

internal sealed class ClockOrChance() : BodyRule(Descriptor)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW1101",
        "Clock or chance in a step",
        "'{0}' gives another result on replay: use the event time, Window or Meta",
        Categories.Determinism,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW1101.md");

    /// <summary>Members whose value is another one with each call, by the name of their type.</summary>
    private static readonly Dictionary<string, string[]> Unrepeatable = new(StringComparer.Ordinal)
    {
        ["System.DateTime"] = ["Now", "UtcNow", "Today"],
        ["System.DateTimeOffset"] = ["Now", "UtcNow"],
        ["System.Guid"] = ["NewGuid", "CreateVersion7"],
        ["System.Environment"] = ["TickCount", "TickCount64"],
        ["System.TimeProvider"] = ["GetUtcNow", "GetLocalNow", "GetTimestamp"],
        ["System.Diagnostics.Stopwatch"] = ["StartNew", "GetTimestamp"],
        ["System.Random"] = ["Shared"],
        ["System.Security.Cryptography.RandomNumberGenerator"] = ["GetBytes", "GetInt32", "Fill", "GetItems", "GetString", "GetHexString", "Shuffle"],
    };

    public override void Register(SymbolStartAnalysisContext context, FlowSymbols symbols) =>
        context.RegisterOperationAction(Check, OperationKind.PropertyReference, OperationKind.Invocation, OperationKind.ObjectCreation);

    private static void Check(OperationAnalysisContext context)
    {
        if (context.ContainingSymbol is not IMethodSymbol { MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor) }) return;
        if (Name(context.Operation) is { } name)
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, context.Operation.Syntax.GetLocation(), name));
    }

    private static string? Name(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property: var property } when IsUnrepeatable(property) => Full(property),
        IInvocationOperation { TargetMethod: var method } when IsUnrepeatable(method) => Full(method),
        // The generator may come from outside; a local one can have a seed.
        IInvocationOperation { TargetMethod: var method, Instance: IFieldReferenceOperation or IParameterReferenceOperation } when TypeName(method) == "System.Random" => Full(method),
        IObjectCreationOperation { Constructor: { Parameters.Length: 0 } constructor } when TypeName(constructor) is "System.Random" or "System.Diagnostics.Stopwatch" => $"new {constructor.ContainingType.Name}()",
        _ => null,
    };

    private static bool IsUnrepeatable(ISymbol member) => Unrepeatable.TryGetValue(TypeName(member), out string[]? members) && members.Contains(member.Name);

    private static string Full(ISymbol member) => $"{member.ContainingType.Name}.{member.Name}";

    private static string TypeName(ISymbol member) => member.ContainingType is { } type ? $"{type.ContainingNamespace.ToDisplayString()}.{type.Name}" : "";
}
