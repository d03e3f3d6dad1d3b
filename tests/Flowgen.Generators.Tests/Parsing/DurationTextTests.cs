using Flowgen.Parsing;

namespace Flowgen.Generators.Tests.Parsing;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("1ms", 1)]
    [InlineData("10s", 10_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("7d", 604_800_000)]
    [InlineData("1d2h3m4s5ms", 93_784_005)]
    [InlineData("3653d", 315_619_200_000)]
    public void A_duration_is_digits_and_units(string text, long milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out long actual));
        Assert.Equal(milliseconds, actual);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("10 s")]
    [InlineData("-1s")]
    [InlineData("1.5h")]
    [InlineData("30m1h")]
    [InlineData("1h1h")]
    [InlineData("1H")]
    [InlineData("10sec")]
    [InlineData("00:00:10")]
    [InlineData("PT10S")]
    [InlineData("forever")]
    [InlineData("3654d")]
    [InlineData("99999999999999999999s")]
    [InlineData("9223372036854775807d")]
    public void Anything_else_is_no_duration(string? text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("10 sec", "10s")]
    [InlineData("10sec", "10s")]
    [InlineData("5 Minutes", "5m")]
    [InlineData("2 days", "2d")]
    [InlineData("250 millis", "250ms")]
    [InlineData("250msec", "250ms")]
    [InlineData("00:00:10", "10s")]
    [InlineData("1.02:30:00", "1d2h30m")]
    [InlineData("PT10S", "10s")]
    [InlineData("P1DT2H", "1d2h")]
    public void What_was_meant_is_guessed(string text, string meant)
    {
        Assert.Equal(meant, DurationText.Suggest(text));
        Assert.True(DurationText.TryParse(meant, out _));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("10")]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("-00:00:10")]
    public void What_cannot_be_guessed_is_left(string text) => Assert.Null(DurationText.Suggest(text));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(10_000, "10s")]
    [InlineData(93_784_005, "1d2h3m4s5ms")]
    public void A_duration_is_written_in_its_shortest_form(long milliseconds, string text) => Assert.Equal(text, DurationText.Format(milliseconds));
}
