using System.Text;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Tests.Catalogue;

/// <summary>The index of the rules is written from their descriptors. <c>FLOWGEN_ACCEPT=1</c> writes it anew.</summary>
public class RuleIndexTests
{
    private const string Start = "<!-- rules: written from the descriptors by RuleIndexTests -->\n";
    private const string End = "<!-- end of rules -->";

    [Fact]
    public void The_index_names_every_rule_with_its_words()
    {
        string path = Path.Combine(RulePage.Root(), "analyzers", "docs", "README.md");
        string text = File.ReadAllText(path).ReplaceLineEndings("\n");
        int start = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        int end = text.IndexOf(End, StringComparison.Ordinal);
        string expected = $"{text[..start]}{Table()}{text[end..]}";

        bool accepts = Environment.GetEnvironmentVariable("FLOWGEN_ACCEPT") == "1" && Environment.GetEnvironmentVariable("CI") is null;
        if (accepts) File.WriteAllText(path, expected);
        else Assert.Equal(expected, text);
    }

    private static string Table()
    {
        var table = new StringBuilder();
        foreach (IGrouping<string, DiagnosticDescriptor> range in RuleTable.All.Select(rule => rule.Wording).GroupBy(wording => wording.Category))
        {
            table.Append(null, $"\n### `{range.Key}`\n\n| Rule | Severity | What it says | Fix |\n| --- | --- | --- | :-: |\n");
            foreach (DiagnosticDescriptor wording in range)
                table.Append(null, $"| [{wording.Id}](rules/{wording.Id}.md) | {wording.DefaultSeverity} | {Escape(wording.MessageFormat.ToString(null))} | {(FixTable.Fixes(wording.Id) ? "⚙" : "")} |\n");
        }

        return table.Append('\n').ToString();
    }

    // Type arguments would be read as HTML.
    private static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
}
