using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Reads how accumulators and state are kept.</summary>
internal sealed class StateReader(KnownSymbols known, ProblemList problems)
{
    /// <summary>How values of a type are kept; null: they cannot be.</summary>
    /// <param name="type">The type.</param>
    /// <param name="place">What to underline where the type cannot be.</param>
    public StateModel? Read(ITypeSymbol type, Location place)
    {
        if (type.IsUnmanagedType && !HoldsPointer(type)) return new StateModel(TypeRefs.Of(type), Fingerprint.Of(type), null);
        if (known.Records.Wires.Of(type, nullableReferences: true) is { } wire) return new StateModel(TypeRefs.Of(type), Fingerprint.Of(wire), wire);
        Report(type, place);
        return null;
    }

    private void Report(ITypeSymbol type, Location place)
    {
        if (FindCollection(type) is not null)
        {
            problems.Add(ProblemKind.AccumulatorKeepsAllRecords, place, TypeRefs.Display(type));
            return;
        }

        (ISymbol? member, ITypeSymbol wrong) = FindWrong(type);
        Location location = member is { Locations: [{ IsInSource: true } own, ..] } ? own : place;
        string reason = member is { DeclaredAccessibility: Accessibility.Private } ? "generated code cannot read it, make it internal or public"
            : wrong.TypeKind == TypeKind.Delegate ? "it has no fixed form in bytes"
            : wrong.Is(type) ? "a value cannot be made again from its members"
            : "it has no codec, use numbers, strings, dates and structs of these";
        problems.Add(ProblemKind.StateCannotHoldThis, location, TypeRefs.Display(type), member?.Name ?? type.Name, TypeRefs.Display(wrong), reason);
    }

    private (ISymbol? Member, ITypeSymbol Type) FindWrong(ITypeSymbol type)
    {
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic && !f.IsConst))
        {
            bool isHidden = field.AssociatedSymbol is null && field.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected;
            if (isHidden || known.Records.Wires.Of(field.Type, nullableReferences: true) is null) return (field.AssociatedSymbol ?? field, field.Type);
        }

        return (null, type);
    }

    /// <summary>The first collection in a value that grows with what is put into it; null: none.</summary>
    public static ITypeSymbol? FindCollection(ITypeSymbol type)
    {
        if (IsCollection(type)) return type;
        if (type is not INamedTypeSymbol { SpecialType: SpecialType.None }) return null;
        return type is { TypeKind: TypeKind.Struct or TypeKind.Class }
            ? type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic && !f.IsConst).Select(f => f.Type).FirstOrDefault(IsCollection)
            : null;
    }

    private static bool IsCollection(ITypeSymbol type) =>
        type is IArrayTypeSymbol { ElementType.SpecialType: not SpecialType.System_Byte }
        || type is INamedTypeSymbol { IsGenericType: true } named
        && named.ContainingNamespace?.ToDisplayString() is "System.Collections.Generic" or "System.Collections.Immutable" or "System.Collections.Concurrent"
        && named.AllInterfaces.Any(i => i.Name == "IEnumerable");

    private static bool HoldsPointer(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer
        || (type is { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } && type.GetMembers().OfType<IFieldSymbol>().Any(f => !f.IsStatic && HoldsPointer(f.Type)));
}
