using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Flowgen.Analyzers.Tests;

/// <summary>The same code in a project with an older <c>LangVersion</c>.</summary>
internal static class OlderLanguage
{
    public static CSharpCompilation Of(CSharpCompilation compilation) =>
        compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(Of).ToArray());

    private static SyntaxTree Of(SyntaxTree tree) =>
        CSharpSyntaxTree.ParseText(tree.GetText(), ((CSharpParseOptions)tree.Options).WithLanguageVersion(LanguageVersion.CSharp12), tree.FilePath);
}
