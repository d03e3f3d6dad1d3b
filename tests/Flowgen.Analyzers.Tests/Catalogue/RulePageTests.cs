using System.Collections.Immutable;
using Flowgen.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Flowgen.Analyzers.Tests.Catalogue;

/// <summary>The pages say what the rules do: their examples are compiled and analyzed.</summary>
public class RulePageTests
{
    public static TheoryData<string> Ids => [.. RuleTable.All.Select(rule => rule.Wording.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_page_has_the_words_of_its_rule(string id)
    {
        DiagnosticDescriptor wording = RuleTable.All.Single(rule => rule.Wording.Id == id).Wording;
        var page = new RulePage(id);

        Assert.Equal($"# {id}: {wording.Title}", page.Title);
        Assert.Equal(["Cause", "Example", "Fix", "When to suppress"], page.Headings);
        Assert.Contains($"\n{wording.DefaultSeverity}, category `{wording.Category}`.\n", page.Text);
        Assert.Contains($"\n> {wording.MessageFormat}\n", page.Text.Replace("`", "", StringComparison.Ordinal).Replace("category " + wording.Category, "", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Every_example_is_reported_on_the_line_that_says_so(string id)
    {
        string example = new RulePage(id).CodeBelow("Example");
        ImmutableArray<Diagnostic> found = await AnalyzerVerifier<FlowgenAnalyzer>.DiagnoseAsync(Compile(example));

        string[] lines = example.Split('\n');
        int[] marked = [.. Enumerable.Range(0, lines.Length).Where(i => lines[i].EndsWith($"// {id}", StringComparison.Ordinal))];
        Assert.NotEmpty(marked);
        Assert.Equal(marked, found.Where(d => d.Id == id).Select(d => d.Location.GetLineSpan().StartLinePosition.Line).Order());
        Assert.DoesNotContain(found, d => d.Id != id && d.Severity >= DiagnosticSeverity.Warning);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Every_fixed_example_is_clean(string id)
    {
        ImmutableArray<Diagnostic> found = await AnalyzerVerifier<FlowgenAnalyzer>.DiagnoseAsync(Compile(new RulePage(id).CodeBelow("Fix")));
        Assert.DoesNotContain(found, d => d.Id == id || d.Severity >= DiagnosticSeverity.Warning);
    }

    private static CSharpCompilation Compile(string code)
    {
        CSharpCompilation compilation = TestCompilation.Create(ShopRecords.With(code));
        return code.Contains("<LangVersion>12</LangVersion>", StringComparison.Ordinal) ? OlderLanguage.Of(compilation) : compilation;
    }
}
