using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Project;

/// <summary>FLOW0002: removes <c>static</c> or <c>abstract</c>. Type parameters are left to the author: they are used somewhere.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveModifier() : SyntaxFix("FLOW0002")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<ClassDeclarationSyntax>() is not { } type) return;
        foreach (SyntaxToken modifier in type.Modifiers.Where(token => token.IsKind(SyntaxKind.StaticKeyword) || token.IsKind(SyntaxKind.AbstractKeyword)))
            site.Offer($"Remove '{modifier.ValueText}'", Edit.Remove(modifier));
    }
}
