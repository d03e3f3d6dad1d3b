using System.Text.RegularExpressions;

namespace Flowgen.Architecture.Tests;

/// <summary>Habits that every file keeps.</summary>
public partial class FileTests
{
    private const int LongestFile = 500;

    private static readonly string[] Binary = [".png", ".bin", ".gz", ".zip", ".nupkg"];

    private static IEnumerable<string> Texts => Repository.Files.Where(file => !Binary.Contains(Path.GetExtension(file)));

    /// <summary>All code but this file, which must name what it forbids.</summary>
    private static IEnumerable<string> Sources => Repository.Sources.Where(file => !file.EndsWith("FileTests.cs", StringComparison.Ordinal));

    [Fact]
    public void A_file_of_code_is_short_or_says_at_its_top_why_it_is_long() =>
        Assert.Empty(Repository.Sources
            .Where(file => File.ReadLines(file).Count() > LongestFile && !File.ReadLines(file).First().StartsWith("// Long because", StringComparison.Ordinal))
            .Select(Repository.NameOf));

    [Fact]
    public void No_file_names_a_folder_of_somebodys_machine() => AssertNoneMatches(MachinePath(), Texts);

    [Fact]
    public void No_file_names_the_host_of_a_registry() => AssertNoneMatches(RegistryHost(), Texts);

    [Fact]
    public void Nothing_is_left_for_later() => AssertNoneMatches(LeftForLater(), Sources);

    [Fact]
    public void Nothing_throws_that_it_is_not_there_yet() =>
        AssertNoneMatches(NotThereYet(), Sources.Where(file => !IsAboutFixes(Repository.NameOf(file))));

    [Fact]
    public void No_test_is_skipped() => AssertNoneMatches(SkippedTest(), Sources);

    [Fact]
    public void All_clocks_are_time_providers() =>
        AssertNoneMatches(WallClock(), Repository.Sources.Where(file => Repository.NameOf(file).StartsWith("src/", StringComparison.Ordinal)));

    [Fact]
    public void Snapshots_of_code_name_their_hint_and_keep_to_one_kind_of_line_end()
    {
        foreach (string file in Repository.Files.Where(file => file.EndsWith(".verified.cs", StringComparison.Ordinal)))
        {
            string text = File.ReadAllText(file);
            Assert.True(text.StartsWith("//HintName: ", StringComparison.Ordinal), $"{Repository.NameOf(file)} does not start with its hint name");
            Assert.False(text.Contains('\r'), $"{Repository.NameOf(file)} holds a carriage return");
        }
    }

    /// <summary>A fix that adds a step leaves its body to the user, as every editor does.</summary>
    private static bool IsAboutFixes(string file) =>
        file.StartsWith("analyzers/Flowgen.CodeFixes/", StringComparison.Ordinal) || file.StartsWith("tests/Flowgen.Analyzers.Tests/", StringComparison.Ordinal);

    private static void AssertNoneMatches(Regex pattern, IEnumerable<string> files) =>
        Assert.Empty(
            from file in files
            from line in File.ReadLines(file).Index()
            where pattern.IsMatch(line.Item)
            select $"{Repository.NameOf(file)}:{line.Index + 1}: {line.Item.Trim()}");

    // The brackets keep the patterns from matching themselves.
    [GeneratedRegex(@"(?<![\w.*~])/(wor[k]|hom[e]|roo[t]|tm[p]|Use[r]s)/\w|[A-Z]:\\Use[r]s\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"nuge[t]\.org|pkgs\.de[v]\.azure|npmj[s]\.|pyp[i]\.org|crate[s]\.io|artifacto[r]y|jfro[g]|proxy\.golan[g]")]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|\bHACK\b")]
    private static partial Regex LeftForLater();

    [GeneratedRegex("NotImplementedException")]
    private static partial Regex NotThereYet();

    [GeneratedRegex(@"\bSkip\s*=\s*""")]
    private static partial Regex SkippedTest();

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now|DateTime\.Today|Environment\.TickCount|Stopwatch\.(StartNew|GetTimestamp)|Thread\.Sleep|Task\.Delay\(\d")]
    private static partial Regex WallClock();
}
