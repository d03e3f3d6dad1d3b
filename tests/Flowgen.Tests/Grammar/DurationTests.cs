namespace Flowgen.Tests.Grammar;

public class DurationTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("100ms", 100)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1d2h3m4s5ms", 93_784_005)]
    [InlineData("3653d", 315_619_200_000)]
    public void A_duration_is_read_and_written_in_its_shortest_form(string text, long milliseconds)
    {
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Duration.Parse(text));
        Assert.Equal(text, Duration.Format(TimeSpan.FromMilliseconds(milliseconds)));
    }

    [Theory]
    [InlineData("90s", "1m30s")]
    [InlineData("48h", "2d")]
    public void A_longer_form_is_written_shorter(string text, string shortest) => Assert.Equal(shortest, Duration.Format(Duration.Parse(text)));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("10 s")]
    [InlineData("-1s")]
    [InlineData("1.5h")]
    [InlineData("30m1h")]
    [InlineData("1h1h")]
    [InlineData("3654d")]
    [InlineData("99999999999999999999999s")]
    [InlineData("forever")]
    public void Anything_else_is_refused_with_what_was_expected(string text)
    {
        Assert.False(Duration.TryParse(text, out _));
        var error = Assert.Throws<FormatException>(() => Duration.Parse(text));
        Assert.Contains($"'{text}' is not a duration: write digits with d, h, m, s or ms", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_duration_that_the_grammar_cannot_say_is_not_written()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Duration.Format(TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Duration.Format(TimeSpan.FromDays(4000)));
    }

    [Theory]
    [InlineData("1KB", 1024)]
    [InlineData("64MB", 64L << 20)]
    [InlineData("10GB", 10L << 30)]
    [InlineData("2TB", 2L << 40)]
    public void A_size_is_digits_and_a_unit_of_1024s(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("MB")]
    [InlineData("10")]
    [InlineData("10mb")]
    [InlineData("10 MB")]
    [InlineData("-1MB")]
    [InlineData("8388608TB")]
    [InlineData("10B")]
    public void Anything_else_is_no_size(string text)
    {
        Assert.False(ByteSize.TryParse(text, out _));
        Assert.Throws<FormatException>(() => ByteSize.Parse(text));
    }
}
