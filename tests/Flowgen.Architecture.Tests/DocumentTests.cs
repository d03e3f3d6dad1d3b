using System.Text.RegularExpressions;

namespace Flowgen.Architecture.Tests;

/// <summary>README, ARCHITECTURE and CONTRIBUTING stay true: the files they name are there, and the code they show is the code.</summary>
public partial class DocumentTests
{
    public static TheoryData<string> Documents => ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_file_that_a_document_names_is_there(string document)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, document));
        IEnumerable<string> missing = NamedPath().Matches(text)
            .Select(match => match.Groups["path"].Value)
            .Where(path => !File.Exists(Path.Combine(Repository.Root, path)) && !Directory.Exists(Path.Combine(Repository.Root, path)));
        Assert.Empty(missing.Distinct());
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_snippet_stands_in_the_file_above_it(string document)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, document));
        foreach (Match snippet in Snippet().Matches(text))
        {
            string file = snippet.Groups["file"].Value;
            string code = Squeeze(File.ReadAllText(Path.Combine(Repository.Root, file)));
            foreach (string part in snippet.Groups["code"].Value.Split("// …"))
                Assert.True(code.Contains(Squeeze(part), StringComparison.Ordinal), $"{document} shows code of {file} that is not there:\n{part}");
        }
    }

    [Fact]
    public void Every_snippet_of_the_readme_says_where_it_comes_from()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Assert.Equal(Fence().Count(text), Snippet().Count(text));
    }

    /// <summary>Without indentation and line ends: a snippet may stand further left than its source.</summary>
    private static string Squeeze(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex(@"`(?<path>(src|generators|analyzers|tests|samples|\.ci)/[\w./-]+)`")]
    private static partial Regex NamedPath();

    [GeneratedRegex(@"<!-- (?<file>[\w./#-]+) -->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex("^```csharp", RegexOptions.Multiline)]
    private static partial Regex Fence();
}
