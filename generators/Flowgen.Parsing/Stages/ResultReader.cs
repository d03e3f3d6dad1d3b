using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Reads what a step returns.</summary>
internal sealed class ResultReader(KnownSymbols known, ProblemList problems)
{
    /// <summary>Reads the result of a step.</summary>
    /// <returns>Whether the rest of the signature can be read.</returns>
    public bool Read(StepDeclaration step)
    {
        IMethodSymbol method = step.Method;
        if (method.IsAsync || IsTask(method.ReturnType))
        {
            problems.Add(ProblemKind.StepCannotBeAsync, step.Location, step.Word);
            return false;
        }

        if (method.IsGenericMethod) return Wrong(step, "not be generic");
        if (method.ReturnsByRef || method.ReturnsByRefReadonly) return Wrong(step, "return a value");
        step.Result = method.ReturnsVoid ? ResultKind.Void
            : !method.ReturnType.IsNullable() ? ResultKind.Value
            : method.ReturnType.IsValueType ? ResultKind.NullableValue
            : ResultKind.NullableReference;
        step.ResultType = method.ReturnsVoid ? null : method.ReturnType.WithoutNullability();
        return step.Kind switch
        {
            StepKind.Filter or StepKind.Branch => step is { Result: ResultKind.Value, ResultType.SpecialType: SpecialType.System_Boolean } || Wrong(step, "return bool", "bool"),
            StepKind.Map => IsRecord(step.ResultType) || Wrong(step, "return a record"),
            StepKind.FlatMap => step.Result == ResultKind.Void || Wrong(step, "return void and take an Out<T>", "void"),
            StepKind.Add or StepKind.Merge or StepKind.Process => step.Result == ResultKind.Void || Wrong(step, "return void", "void"),
            StepKind.Init => step.Result != ResultKind.Void || Wrong(step, "return the accumulator"),
            StepKind.KeyBy => (step.Result != ResultKind.Void || Wrong(step, "return the key")) && (method.IsStatic || Wrong(step, "be static")),
            _ => step.Result == ResultKind.Void || IsRecord(step.ResultType) || Wrong(step, "return a record or take an Out<T>"),
        };
    }

    private bool IsRecord(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Struct or TypeKind.Class, SpecialType: SpecialType.None, IsTupleType: false, IsRefLikeType: false } named
        && known.Records.Wires.Of(named) is not { Kind: not WireKind.Nested };

    private static bool IsTask(ITypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() is "System.Threading.Tasks" && type.Name is "Task" or "ValueTask"
        || type is { Name: "IAsyncEnumerable", ContainingNamespace.Name: "Generic" };

    private bool Wrong(StepDeclaration step, string must, string? type = null)
    {
        problems.Add(new Problem(ProblemKind.SignatureOfStep, step.Location, step.Word, step.Name, must).With(ProblemProperties.Type, type));
        return false;
    }
}
