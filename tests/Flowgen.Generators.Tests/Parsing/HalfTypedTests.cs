using Flowgen.Parsing;
using Flowgen.TestKit;
using Microsoft.CodeAnalysis;

namespace Flowgen.Generators.Tests.Parsing;

/// <summary>While somebody types, most of what the generator sees does not compile.</summary>
public sealed class HalfTypedTests
{
    private const int EveryToken = 13;

    [Fact]
    public void Text_that_ends_anywhere_breaks_nothing() =>
        AssertAllRun(Tokens().Select(token => FlightsSource.Text[..token.SpanStart]));

    [Fact]
    public void A_missing_word_breaks_nothing() =>
        AssertAllRun(Tokens().Select(token => FlightsSource.Text.Remove(token.SpanStart, token.Span.Length)));

    [Fact]
    public void A_wrong_word_breaks_nothing() =>
        AssertAllRun(Tokens().Select(token => FlightsSource.Text.Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, "other")));

    [Theory]
    [InlineData("From<Nothing>, To<Total>", "[Map] static Total M(in Order o) => default;")]
    [InlineData("From<Order>, To<Total>", "[Map] static Total M(in Nothing o) => default;")]
    [InlineData("From<Order>, To<Total>", "[Map] static Nothing M(in Order o) => default;")]
    [InlineData("From<Order>, To<Total>", "[FlatMap] static void M(in Order o, Out<Nothing> all) { }")]
    public void What_the_compiler_reports_is_not_reported_again(string headline, string steps)
    {
        StageParse parse = Parsed.Stage(ShopSource.Stage(headline, steps), "S");

        Assert.Empty(parse.Problems);
        Assert.True(parse.Model!.HasErrors);
    }

    private static IEnumerable<SyntaxToken> Tokens() =>
        TestCompilation.Parse(FlightsSource.Text).GetRoot().DescendantTokens().Where((_, i) => i % EveryToken == 0);

    private static void AssertAllRun(IEnumerable<string> texts)
    {
        GeneratorDriver driver = IncrementalRun.Start();
        foreach (string text in texts)
        {
            driver = driver.RunGenerators(TestCompilation.Create(text));
            GeneratorRunResult result = driver.GetRunResult().Results.Single();
            Assert.True(result.Exception is null, $"{result.Exception}\n{text}");
        }
    }
}
