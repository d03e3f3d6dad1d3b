using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Flowgen.CodeFixes.Records;

/// <summary>FLOW0108: makes a struct <c>readonly</c>, and its setters <c>init</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakeReadonly() : SyntaxFix("FLOW0108")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<TypeDeclarationSyntax>() is not { } type || !IsStruct(type) || type.Members.OfType<FieldDeclarationSyntax>().Any()) return;
        IEnumerable<TextChange> setters = type.DescendantNodes().OfType<AccessorDeclarationSyntax>()
            .Where(accessor => accessor.IsKind(SyntaxKind.SetAccessorDeclaration) && accessor.Body is null && accessor.ExpressionBody is null)
            .Select(accessor => Edit.Replace(accessor.Keyword, "init"));
        SyntaxToken start = type is RecordDeclarationSyntax { Keyword: var record } ? record : type.Keyword;
        site.Offer("Make it readonly", [Edit.Insert(start.SpanStart, "readonly "), .. setters]);
    }

    private static bool IsStruct(TypeDeclarationSyntax type) => type is StructDeclarationSyntax or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: (int)SyntaxKind.StructKeyword };
}
