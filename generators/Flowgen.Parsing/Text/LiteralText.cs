using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Flowgen.Parsing;

/// <summary>Writes constants as C#.</summary>
internal static class LiteralText
{
    /// <summary>The literal of a default value; null where <c>default</c> says the same.</summary>
    public static string? Of(object? value, ITypeSymbol type)
    {
        if (value is null) return null;
        ITypeSymbol plain = type.WithoutNullability();
        string literal = value switch
        {
            string or char or bool => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!,
            double d => double.IsNaN(d) ? "double.NaN" : double.IsInfinity(d) ? $"double.{(d > 0 ? "Positive" : "Negative")}Infinity" : d.ToString("R", CultureInfo.InvariantCulture) + "d",
            float f => float.IsNaN(f) ? "float.NaN" : float.IsInfinity(f) ? $"float.{(f > 0 ? "Positive" : "Negative")}Infinity" : f.ToString("R", CultureInfo.InvariantCulture) + "f",
            decimal m => m.ToString(CultureInfo.InvariantCulture) + "m",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => "default",
        };
        return plain.TypeKind == TypeKind.Enum ? $"({TypeRefs.Of(plain).FullName})({literal})" : literal;
    }
}
