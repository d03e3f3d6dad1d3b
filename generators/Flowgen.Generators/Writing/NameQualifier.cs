using System.Text;
using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.Generators.Writing;

/// <summary>Gives the types of the runtime their full names in a file where types of the user hide them. Emitters write simple names; in such a file
/// <see cref="TypeNames"/> calls the user's types by their full ones, so that a simple name that is hidden can only mean the runtime's.</summary>
internal static class NameQualifier
{
    /// <summary>Qualifies the hidden names in a file.</summary>
    public static string Qualify(string source, EquatableArray<string> hidden)
    {
        if (hidden.IsEmpty) return source;
        StringBuilder text = new();
        int copied = 0;
        CSharpParseOptions options = new((LanguageVersion)(KnownSymbols.NeededLanguageVersion * 100), DocumentationMode.None);
        foreach (SimpleNameSyntax name in CSharpSyntaxTree.ParseText(source, options).GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            string word = name.Identifier.ValueText;
            if (!hidden.Contains(word) || GeneratedWords.NamespaceOf(word) is not { Length: > 0 } @namespace || !IsFirst(name)) continue;
            text.Append(source, copied, name.SpanStart - copied).Append("global::").Append(@namespace).Append('.');
            copied = name.SpanStart;
        }

        return text.Append(source, copied, source.Length - copied).ToString();
    }

    // Whether a name is looked up in the file, and not in what stands before it.
    private static bool IsFirst(SimpleNameSyntax name) => name.Parent switch
    {
        QualifiedNameSyntax qualified => qualified.Left == name,
        MemberAccessExpressionSyntax access => access.Expression == name,
        AliasQualifiedNameSyntax or MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax => false,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left != name,
        _ => true,
    };
}
