using System.Reflection;
using System.Text.RegularExpressions;

namespace Flowgen.Analyzers.Tests.Catalogue;

/// <summary>The page of a rule under <c>analyzers/docs/rules</c>.</summary>
internal sealed partial class RulePage(string id)
{
    public static readonly string Folder = Path.Combine(Root(), "analyzers", "docs", "rules");

    private readonly Lazy<string> _text = new(() => File.ReadAllText(Path.Combine(Folder, id + ".md")).ReplaceLineEndings("\n"));

    public string Text => _text.Value;

    public string Title => Text[..Text.IndexOf('\n', StringComparison.Ordinal)];

    public IEnumerable<string> Headings => HeadingPattern().Matches(Text).Select(match => match.Groups[1].Value);

    /// <summary>The code below a heading.</summary>
    public string CodeBelow(string heading)
    {
        string section = Text[Text.IndexOf($"\n## {heading}\n", StringComparison.Ordinal)..];
        return CodePattern().Match(section).Groups[1].Value;
    }

    public static string Root() =>
        typeof(RulePage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodePattern();
}
