using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Flowgen.CodeFixes.Project;

/// <summary>FLOW0008: makes the type, and the types around it that hide it, <c>internal</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakeInternal() : SyntaxFix("FLOW0008")
{
    private protected override void Offer(FixSite site)
    {
        TextChange[] changes = [.. site.Node.AncestorsAndSelf().OfType<BaseTypeDeclarationSyntax>().SelectMany(Open)];
        if (changes.Length > 0) site.Offer("Make it internal", changes);
    }

    private static IEnumerable<TextChange> Open(BaseTypeDeclarationSyntax type)
    {
        bool isOpen = type.Modifiers.Any(SyntaxKind.PublicKeyword) || type.Modifiers.Any(SyntaxKind.InternalKeyword);
        SyntaxToken[] hiding = [.. type.Modifiers.Where(token => token.Kind() is SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.FileKeyword)];
        for (int i = 0; i < hiding.Length; i++)
            yield return i == 0 && !isOpen ? Edit.Replace(hiding[i], "internal") : Edit.Remove(hiding[i]);
        if (hiding.Length == 0 && !isOpen && type.Parent is BaseTypeDeclarationSyntax)
            yield return Edit.Insert(type.Modifiers.Count > 0 ? type.Modifiers[0].SpanStart : ((TypeDeclarationSyntax)type).Keyword.SpanStart, "internal ");
    }
}
