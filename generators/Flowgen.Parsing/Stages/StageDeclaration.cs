using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>A stage with its symbols; never enters the pipeline.</summary>
internal sealed class StageDeclaration(INamedTypeSymbol symbol, AttributeData attribute, KnownSymbols known)
{
    public INamedTypeSymbol Symbol { get; } = symbol;

    public AttributeData Attribute { get; } = attribute;

    public KnownSymbols Known { get; } = known;

    /// <summary>The identity of its state.</summary>
    public string Name { get; } = attribute.First<string>() ?? NameText.Kebab(symbol.Name);

    public bool HasExplicitName { get; } = attribute.First<string>() is not null;

    public List<WireDeclaration> Inputs { get; } = [];

    public List<WireDeclaration> Outputs { get; } = [];

    public List<WireDeclaration> Tables { get; } = [];

    public AttributeData? WindowAttribute { get; set; }

    public WindowModel? Window { get; set; }

    /// <summary>The steps in the order of the source.</summary>
    public List<StepDeclaration> Steps { get; } = [];

    public Location Location => Symbol.Locations[0];

    public IEnumerable<StepDeclaration> Of(StepKind kind) => Steps.Where(s => s.Kind == kind);

    public int TableOf(ITypeSymbol row) => Tables.FindIndex(t => t.Type.Is(row));

    /// <summary>The [On] member of a table; null: the stream's own key.</summary>
    public static string? OnOf(WireDeclaration table) => table.Attribute.NamedText("On");
}
