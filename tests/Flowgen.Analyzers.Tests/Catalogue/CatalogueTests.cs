using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Tests.Catalogue;

/// <summary>Every rule is complete: words, page, help link, release line, tests.</summary>
public class CatalogueTests
{
    public static TheoryData<string> Ids => [.. RuleTable.All.Select(rule => rule.Wording.Id)];

    [Fact]
    public void Every_rule_is_in_the_table_once()
    {
        IEnumerable<string> classes = typeof(Rule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract).Select(type => type.Name);

        Assert.Equal(classes.Order(), RuleTable.All.Select(rule => rule.GetType().Name).Order());
        Assert.Equal(RuleTable.All.Length, RuleTable.All.Select(rule => rule.Wording.Id).Distinct().Count());
        Assert.Equal(RuleTable.All.Select(rule => rule.Wording.Id).Order(StringComparer.Ordinal), RuleTable.All.Select(rule => rule.Wording.Id));
    }

    [Fact]
    public void Every_problem_of_the_parser_has_one_rule() =>
        Assert.Equal(Enum.GetValues<Parsing.ProblemKind>().Order(), RuleTable.All.Select(rule => rule.Kind).OfType<Parsing.ProblemKind>().Order());

    [Fact]
    public void Every_page_belongs_to_a_rule() =>
        Assert.Equal(RuleTable.All.Select(rule => rule.Wording.Id), Directory.GetFiles(RulePage.Folder, "*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_has_a_link_to_its_page(string id) =>
        Assert.EndsWith($"/analyzers/docs/rules/{id}.md", Wording(id).HelpLinkUri, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_message_is_one_sentence_without_a_full_stop(string id)
    {
        string message = Wording(id).MessageFormat.ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.False(message.EndsWith('.'), message);
        Assert.StartsWith("Flowgen.", Wording(id).Category, StringComparison.Ordinal);
        Assert.True(Wording(id).IsEnabledByDefault);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_has_a_line_in_the_release_files(string id)
    {
        string folder = Path.Combine(RulePage.Root(), "analyzers", "Flowgen.Analyzers");
        string[] lines = [.. File.ReadAllLines(Path.Combine(folder, "AnalyzerReleases.Shipped.md")), .. File.ReadAllLines(Path.Combine(folder, "AnalyzerReleases.Unshipped.md"))];
        DiagnosticDescriptor wording = Wording(id);

        Assert.Single(lines, $"{id} | {wording.Category} | {wording.DefaultSeverity} | {wording.Title}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_has_a_test_that_triggers_it_and_one_that_does_not(string id)
    {
        IEnumerable<string> tests = RuleTests(id).SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => method.Name);

        Assert.Contains(tests, name => name.StartsWith("Triggers_", StringComparison.Ordinal));
        Assert.Contains(tests, name => name.StartsWith("Does_not_trigger_", StringComparison.Ordinal));
    }

    private static DiagnosticDescriptor Wording(string id) => RuleTable.All.Single(rule => rule.Wording.Id == id).Wording;

    private static IEnumerable<Type> RuleTests(string id) => typeof(RuleTests).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(RuleTests)) && ((RuleTests)Activator.CreateInstance(type)!).Id == id);
}
