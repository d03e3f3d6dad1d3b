using System.Globalization;

namespace Flowgen.Generators.Writing;

/// <summary>Turns names and values of the model into C# text.</summary>
internal static class Code
{
    /// <summary>"LateFlight" becomes "lateFlight"; C# keywords are escaped.</summary>
    public static string Camel(string name)
    {
        string camel = char.ToLowerInvariant(name[0]) + name.Substring(1);
        return Escape(camel);
    }

    /// <summary>"LateFlight" becomes "_lateFlight".</summary>
    public static string Field(string name) => "_" + char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>"LateFlight" becomes "LateFlights", "Category" becomes "Categories".</summary>
    public static string Plural(string name)
    {
        if (name.EndsWith("s", StringComparison.Ordinal) || name.EndsWith("x", StringComparison.Ordinal) || name.EndsWith("ch", StringComparison.Ordinal)) return name + "es";
        bool yAfterConsonant = name.Length > 1 && name[name.Length - 1] == 'y' && "aeiou".IndexOf(name[name.Length - 2]) < 0;
        return yAfterConsonant ? name.Substring(0, name.Length - 1) + "ies" : name + "s";
    }

    /// <summary>3600000 becomes "3_600_000".</summary>
    public static string Number(long value) => value switch
    {
        long.MaxValue => "long.MaxValue",
        long.MinValue => "long.MinValue",
        _ => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '_'),
    };

    /// <summary>A string literal.</summary>
    public static string Literal(string? text) => text is null ? "null" : Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A bool literal.</summary>
    public static string Literal(bool value) => value ? "true" : "false";

    private static string Escape(string name) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) != Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? "@" + name : name;
}
