using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>A member of a record as it is declared: a property or field, perhaps with the parameter that sets it.</summary>
/// <param name="Symbol">The property or field.</param>
/// <param name="Type">Its type.</param>
/// <param name="Parameter">The constructor parameter that sets it.</param>
/// <param name="IsWritten">False for a computed property: it can be a key, but is not stored.</param>
internal sealed record MemberDeclaration(ISymbol Symbol, ITypeSymbol Type, IParameterSymbol? Parameter, bool IsWritten)
{
    public string Name => Symbol.Name;

    /// <summary>The name of the member where it is declared.</summary>
    public Location Location => Parameter is { Locations: [{ IsInSource: true } location, ..] } ? location : Symbol.Locations[0];

    /// <summary>The first attribute of that name on the member or on the parameter.</summary>
    public AttributeData? Attribute(string name) => Symbol.Attribute(name) ?? Parameter?.Attribute(name);
}
