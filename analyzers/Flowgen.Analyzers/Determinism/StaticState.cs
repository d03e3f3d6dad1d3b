using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Flowgen.Analyzers.Determinism;

internal sealed class StaticState() : BodyRule(Descriptor)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW1104",
        "Static state",
        "'{0}' is shared by partitions that run in parallel",
        Categories.Determinism,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW1104.md");

    private static readonly HashSet<string> Changing = new(StringComparer.Ordinal)
    {
        "Add", "AddRange", "AddOrUpdate", "Append", "AppendLine", "Clear", "Dequeue", "Enqueue", "GetOrAdd", "Insert", "Pop", "Push",
        "Remove", "RemoveAll", "RemoveAt", "TryAdd", "TryDequeue", "TryPop", "TryRemove", "TryUpdate", "UnionWith",
    };

    public override void Register(SymbolStartAnalysisContext context, FlowSymbols symbols) =>
        context.RegisterOperationAction(Check, OperationKind.FieldReference, OperationKind.PropertyReference);

    private static void Check(OperationAnalysisContext context)
    {
        if (context.ContainingSymbol is not IMethodSymbol { MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor) }) return;
        ISymbol member = ((IMemberReferenceOperation)context.Operation).Member;
        if (member.IsStatic && member.Locations[0].IsInSource && (CanBeAssigned(member) || IsChanged(context.Operation)))
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, context.Operation.Syntax.GetLocation(), member.Name));
    }

    private static bool CanBeAssigned(ISymbol member) => member switch
    {
        IFieldSymbol field => !field.IsReadOnly && !field.IsConst,
        IPropertySymbol property => property.SetMethod is { IsInitOnly: false } && Members.IsAutomatic(property),
        _ => false,
    };

    /// <summary>A readonly field whose content changes: an element that is written, or a call such as Add.</summary>
    private static bool IsChanged(IOperation reference) => reference.Parent switch
    {
        IInvocationOperation call when call.Instance == reference => Changing.Contains(call.TargetMethod.Name) && !IsImmutable(reference.Type),
        IArrayElementReferenceOperation element when element.ArrayReference == reference => IsWritten(element),
        IPropertyReferenceOperation { Property.IsIndexer: true } indexer when indexer.Instance == reference => IsWritten(indexer),
        _ => false,
    };

    private static bool IsWritten(IOperation target) => target.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == target,
        IIncrementOrDecrementOperation => true,
        IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
        _ => false,
    };

    private static bool IsImmutable(ITypeSymbol? type) => type?.ContainingNamespace?.ToDisplayString() is "System.Collections.Immutable" or "System.Collections.Frozen";
}
