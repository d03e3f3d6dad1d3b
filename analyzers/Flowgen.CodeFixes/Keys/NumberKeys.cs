using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Flowgen.CodeFixes.Keys;

/// <summary>FLOW0203: numbers the key members in the order of the source.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NumberKeys() : SyntaxFix("FLOW0203")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<TypeDeclarationSyntax>() is not { } record) return;
        IEnumerable<AttributeSyntax> keys = record.DescendantNodes(node => node == record || node is not BaseTypeDeclarationSyntax)
            .OfType<AttributeSyntax>()
            .Where(attribute => attribute.Name.ToString() is "Key" or "KeyAttribute");
        site.Offer("Number the key members", keys.Select((key, i) => new TextChange(TextSpan.FromBounds(key.Name.Span.End, key.Span.End), $"({i.ToString(CultureInfo.InvariantCulture)})")));
    }
}
