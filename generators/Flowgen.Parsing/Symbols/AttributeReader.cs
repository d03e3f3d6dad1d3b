using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.Parsing;

/// <summary>Finds attributes of Flowgen, their arguments and where these stand.</summary>
internal static class AttributeReader
{
    /// <summary>The attributes of a symbol that have a name, in the order of the source.</summary>
    public static IEnumerable<AttributeData> Attributes(this ISymbol symbol, string name) =>
        symbol.GetAttributes().Where(a => a.IsNamed(name)).OrderBy(a => a.ApplicationSyntaxReference?.Span.Start ?? 0);

    /// <summary>The first attribute of a symbol that has a name.</summary>
    public static AttributeData? Attribute(this ISymbol symbol, string name) => symbol.Attributes(name).FirstOrDefault();

    public static bool IsNamed(this AttributeData attribute, string name) =>
        attribute.AttributeClass is { ContainingNamespace: { Name: Names.Namespace, ContainingNamespace.IsGlobalNamespace: true } } type && type.Name == name + "Attribute";

    public static bool IsOfFlowgen(this AttributeData attribute) =>
        attribute.AttributeClass is { ContainingNamespace: { Name: Names.Namespace, ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>The name without <c>Attribute</c>, as it stands in brackets.</summary>
    public static string Word(this AttributeData attribute)
    {
        string name = attribute.AttributeClass!.Name;
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
    }

    /// <summary>The value of a named argument; null where it is not set.</summary>
    public static TypedConstant? Named(this AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
            if (argument.Key == name) return argument.Value;
        return null;
    }

    public static string? NamedText(this AttributeData attribute, string name) => attribute.Named(name)?.Value as string;

    public static int NamedNumber(this AttributeData attribute, string name, int otherwise) => attribute.Named(name)?.Value is int value ? value : otherwise;

    /// <summary>The first constructor argument, if it is of a type.</summary>
    public static T? First<T>(this AttributeData attribute) =>
        attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0].Value is T value ? value : default;

    /// <summary>The attribute as it is written.</summary>
    public static Location Location(this AttributeData attribute, ISymbol otherwise) => attribute.Syntax()?.GetLocation() ?? otherwise.Locations[0];

    /// <summary>The value of a named argument as it is written.</summary>
    public static Location NamedLocation(this AttributeData attribute, string name, ISymbol otherwise) =>
        attribute.Syntax()?.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.Text == name)?.Expression.GetLocation()
        ?? attribute.Location(otherwise);

    /// <summary>A named argument as it is written, with its name.</summary>
    public static Location ArgumentLocation(this AttributeData attribute, string name, ISymbol otherwise) =>
        attribute.Syntax()?.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.Text == name)?.GetLocation()
        ?? attribute.Location(otherwise);

    /// <summary>The first constructor argument as it is written.</summary>
    public static Location FirstLocation(this AttributeData attribute, ISymbol otherwise) =>
        attribute.Syntax()?.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals is null)?.Expression.GetLocation()
        ?? attribute.Location(otherwise);

    /// <summary>The text between the brackets.</summary>
    public static string Text(this AttributeData attribute) => attribute.Syntax()?.ToString() ?? attribute.Word();

    public static AttributeSyntax? Syntax(this AttributeData attribute) => attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax;
}
