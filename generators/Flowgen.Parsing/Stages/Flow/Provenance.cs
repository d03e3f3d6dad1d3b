using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ArgumentKind = Flowgen.Parsing.Models.ArgumentKind;

namespace Flowgen.Parsing;

/// <summary>Finds in the body of a step which members of the records that it makes are copies of members of its record or of its key.
/// Only what is plain to see counts; what is not proven costs an exchange, and is right all the same.</summary>
internal sealed class Provenance(Compilation compilation, CancellationToken cancellation)
{
    private static readonly IReadOnlyDictionary<string, ValueSource> Nothing = new Dictionary<string, ValueSource>();

    /// <summary>The members of the record that a [KeyBy] method returns, in the order of the key; empty: it computes something else.</summary>
    public EquatableArray<string> MembersOfKey(StepDeclaration keyBy)
    {
        if (Results(keyBy, null) is not [{ } result]) return default;
        IEnumerable<IOperation> parts = Plain(result) is ITupleOperation tuple ? tuple.Elements : [result];
        List<string?> members = [.. parts.Select(p => Source(p, keyBy) is { Member: { } member } ? member : null)];
        return members.Contains(null) ? default : members.OfType<string>().ToEquatable();
    }

    /// <summary>For each member of a made record: what it is a copy of, in every place where the step makes one.</summary>
    /// <param name="step">The step.</param>
    /// <param name="emittedBy">The parameter that emits it; null: it is returned.</param>
    public IReadOnlyDictionary<string, ValueSource> Trace(StepDeclaration step, ParameterDeclaration? emittedBy)
    {
        Dictionary<string, ValueSource>? common = null;
        foreach (IOperation made in Results(step, emittedBy))
        {
            Dictionary<string, ValueSource> sources = Members(made, step);
            common = common is null ? sources : common.Where(c => sources.TryGetValue(c.Key, out ValueSource other) && other == c.Value).ToDictionary(c => c.Key, c => c.Value);
        }

        return common ?? Nothing;
    }

    // What the step returns, or hands to Emit; empty where something cannot be followed.
    private List<IOperation> Results(StepDeclaration step, ParameterDeclaration? emittedBy)
    {
        if (Body(step.Method) is not { } body) return [];
        List<IOperation?> values = emittedBy is null
            ? [.. body.DescendantsAndSelf().OfType<IReturnOperation>().Where(r => r.ReturnedValue is not null && !IsInLambda(r, body)).SelectMany(r => Alternatives(r.ReturnedValue!))]
            : [.. Emits(body, emittedBy.Symbol)];
        return values.Contains(null) ? [] : [.. values.OfType<IOperation>()];
    }

    private static IEnumerable<IOperation?> Emits(IOperation body, IParameterSymbol parameter)
    {
        foreach (IParameterReferenceOperation use in body.DescendantsAndSelf().OfType<IParameterReferenceOperation>())
        {
            if (!SymbolEqualityComparer.Default.Equals(use.Parameter, parameter)) continue;
            // Handed on to another method: that one may emit anything.
            if (use.Parent is not IInvocationOperation call || call.Instance != use) yield return null;
            else if (call.TargetMethod.Name == "Emit") yield return Plain(call.Arguments[0].Value);
        }
    }

    // Both sides of a conditional; null drops the record, so nothing is made there.
    private static IEnumerable<IOperation> Alternatives(IOperation value)
    {
        IOperation plain = Plain(value);
        if (plain is IConditionalOperation { WhenFalse: { } otherwise } conditional) return Alternatives(conditional.WhenTrue).Concat(Alternatives(otherwise));
        if (plain is ISwitchExpressionOperation choice) return choice.Arms.SelectMany(a => Alternatives(a.Value));
        bool isNull = plain.ConstantValue is { HasValue: true, Value: null } || plain is IDefaultValueOperation || plain is IThrowOperation;
        return isNull ? [] : [plain];
    }

    private static Dictionary<string, ValueSource> Members(IOperation made, StepDeclaration step)
    {
        var sources = new Dictionary<string, ValueSource>();
        switch (made)
        {
            case IObjectCreationOperation { Type: INamedTypeSymbol type } creation:
                foreach (IArgumentOperation argument in creation.Arguments)
                    if (Source(argument.Value, step) is { } source && MemberOf(type, argument.Parameter) is { } member) sources[member] = source;
                foreach (ISimpleAssignmentOperation assignment in creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>() ?? [])
                    if (assignment.Target is IMemberReferenceOperation target && Source(assignment.Value, step) is { } source) sources[target.Member.Name] = source;
                break;
            case IWithOperation { Operand: IParameterReferenceOperation operand } with when IsRecord(operand.Parameter, step):
                foreach (string member in DataMembers(operand.Parameter.Type)) sources[member] = ValueSource.OfMember(member);
                foreach (ISimpleAssignmentOperation assignment in with.Initializer.Initializers.OfType<ISimpleAssignmentOperation>())
                {
                    if (assignment.Target is not IMemberReferenceOperation target) continue;
                    sources.Remove(target.Member.Name);
                    if (Source(assignment.Value, step) is { } source) sources[target.Member.Name] = source;
                }

                break;
            case IParameterReferenceOperation same when IsRecord(same.Parameter, step):
                foreach (string member in DataMembers(same.Parameter.Type)) sources[member] = ValueSource.OfMember(member);
                break;
        }

        return sources;
    }

    private static ValueSource? Source(IOperation value, StepDeclaration step)
    {
        switch (Plain(value))
        {
            case IMemberReferenceOperation { Instance: IParameterReferenceOperation from } member when IsRecord(from.Parameter, step):
                return ValueSource.OfMember(member.Member.Name);
            case IFieldReferenceOperation { Instance: IParameterReferenceOperation key } element when IsKey(key.Parameter, step) && key.Parameter.Type is INamedTypeSymbol { IsTupleType: true } tuple:
                int part = tuple.TupleElements.ToList().FindIndex(e => SymbolEqualityComparer.Default.Equals(e.CorrespondingTupleField ?? e, element.Field.CorrespondingTupleField ?? element.Field));
                return part < 0 ? null : ValueSource.OfKey(part);
            case IParameterReferenceOperation key when IsKey(key.Parameter, step) && key.Parameter.Type is not INamedTypeSymbol { IsTupleType: true }:
                return ValueSource.OfKey(0);
            default:
                return null;
        }
    }

    private static bool IsRecord(IParameterSymbol parameter, StepDeclaration step) => SymbolEqualityComparer.Default.Equals(step.Find(ArgumentKind.Record)?.Symbol, parameter);

    private static bool IsKey(IParameterSymbol parameter, StepDeclaration step) => SymbolEqualityComparer.Default.Equals(step.Find(ArgumentKind.Key)?.Symbol, parameter);

    private static string? MemberOf(INamedTypeSymbol type, IParameterSymbol? parameter) => parameter is null ? null
        : type.GetMembers().FirstOrDefault(m => m is IPropertySymbol or IFieldSymbol { AssociatedSymbol: null } && string.Equals(m.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))?.Name;

    private static IEnumerable<string> DataMembers(ITypeSymbol type) =>
        type.GetMembers().Where(m => m is IPropertySymbol { IsStatic: false, IsIndexer: false } or IFieldSymbol { IsStatic: false, AssociatedSymbol: null }).Select(m => m.Name);

    // A conversion to another type changes the bytes; to its own nullable form it does not.
    private static IOperation Plain(IOperation value)
    {
        while (value is IConversionOperation { Operand: { Type: { } from } operand } conversion && (conversion.Type is { } to && to.WithoutNullability().Is(from.WithoutNullability()) || conversion.Conversion.IsIdentity)) value = operand;
        while (value is IParenthesizedOperation parenthesized) value = parenthesized.Operand;
        return value;
    }

    private static bool IsInLambda(IOperation operation, IOperation body)
    {
        for (IOperation? o = operation.Parent; o is not null && o != body; o = o.Parent)
            if (o is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
        return false;
    }

    private IOperation? Body(IMethodSymbol method)
    {
        SyntaxNode? syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        return syntax is null ? null : compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax, cancellation);
    }
}
