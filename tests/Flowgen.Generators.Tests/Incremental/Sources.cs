using Flowgen.Generators.Tests.Parsing;
using Flowgen.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Flowgen.Generators.Tests.Incremental;

/// <summary>The flights app in files of their own, as people write it.</summary>
internal static class Sources
{
    public static CSharpCompilation Flights()
    {
        string[] parts = FlightsSource.Text.ReplaceLineEndings("\n").Split("\n\n[");
        return TestCompilation.Create([.. parts.Select((part, i) => ($"File{i}.cs", i == 0 ? part : "[" + part))]);
    }

    public static CSharpCompilation Nothing() => TestCompilation.Create("");

    /// <summary>The names and texts of the generated files.</summary>
    public static IEnumerable<string> Generated(IncrementalRun run) =>
        run.Driver.GetRunResult().Results.Single().GeneratedSources.Select(s => $"{s.HintName}\n{s.SourceText}").Order(StringComparer.Ordinal);

    /// <summary>Replaces a text in the one file that holds it.</summary>
    public static CSharpCompilation Replace(CSharpCompilation compilation, string text, string by)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single(t => t.ToString().Contains(text, StringComparison.Ordinal));
        return compilation.ReplaceSyntaxTree(tree, TestCompilation.Parse(tree.ToString().Replace(text, by, StringComparison.Ordinal), tree.FilePath));
    }
}
