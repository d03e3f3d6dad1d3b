using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers;

/// <summary>The types of Flowgen that the rules about bodies ask for, looked up once for each compilation.</summary>
internal sealed class FlowSymbols
{
    private static readonly string[] StepNames =
    [
        "Filter", "Map", "FlatMap", "KeyBy", "Branch`1", "Init", "Add", "Merge", "Emit", "Late", "Join", "Unmatched", "Process",
    ];

    private readonly ImmutableHashSet<ISymbol> _steps;

    private FlowSymbols(Compilation compilation, INamedTypeSymbol stage)
    {
        Stage = stage;
        State = compilation.GetTypeByMetadataName("Flowgen.StateAttribute");
        Text = compilation.GetTypeByMetadataName("Flowgen.Text");
        _steps = StepNames
            .Select(name => compilation.GetTypeByMetadataName("Flowgen." + name.Replace("`1", "") + "Attribute" + (name.EndsWith("`1", StringComparison.Ordinal) ? "`1" : "")))
            .OfType<ISymbol>()
            .ToImmutableHashSet(SymbolEqualityComparer.Default);
    }

    public INamedTypeSymbol Stage { get; }

    public INamedTypeSymbol? State { get; }

    public INamedTypeSymbol? Text { get; }

    /// <summary>Null where the compilation does not reference Flowgen.</summary>
    public static FlowSymbols? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Flowgen.StageAttribute") is { } stage ? new FlowSymbols(compilation, stage) : null;

    public bool IsStage(INamedTypeSymbol type) => Has(type, Stage);

    public bool IsState(ITypeSymbol type) => State is not null && Has(type, State);

    public bool IsStep(IMethodSymbol method) => StepAttribute(method) is not null;

    /// <summary>The first step attribute of a method, for example that of <c>[Add]</c>.</summary>
    public AttributeData? StepAttribute(IMethodSymbol method) =>
        method.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass is { } type && _steps.Contains(type.OriginalDefinition));

    /// <summary>The word in brackets: "Add" for <c>AddAttribute</c>.</summary>
    public static string Word(AttributeData attribute)
    {
        string name = attribute.AttributeClass!.Name;
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
    }

    private static bool Has(ISymbol symbol, INamedTypeSymbol attribute) =>
        symbol.GetAttributes().Any(data => SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute));
}
