using System.Globalization;
using System.Text;

namespace Flowgen.Tests.Values;

public class TextTests
{
    [Fact]
    public void Text_is_16_bytes() => Assert.Equal(16, System.Runtime.CompilerServices.Unsafe.SizeOf<Text>());

    [Fact]
    public void Text_borrows_and_Own_copies()
    {
        byte[] buffer = "say hello twice"u8.ToArray();
        Text borrowed = Text.Borrow(buffer, 4, 5);
        Text owned = borrowed.Own();
        "HELLO"u8.CopyTo(buffer.AsSpan(4));

        Assert.Equal("HELLO", borrowed.ToString());
        Assert.Equal("hello", owned.ToString());
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 6)]
    [InlineData(5, 1)]
    [InlineData(3, int.MaxValue)]
    public void Text_cannot_reach_outside_its_buffer(int start, int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Text.Borrow(new byte[5], start, length));

    [Fact]
    public void Equal_bytes_are_equal_text_with_one_hash()
    {
        Text one = "naïve 🎈";
        Text other = Text.Borrow([0, .. Encoding.UTF8.GetBytes("naïve 🎈")], 1, one.Length);

        Assert.True(one == other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.True(one.Equals((object)other));
        Assert.True(one.Equals("naïve 🎈"));
        Assert.False(one.Equals("naive 🎈"));
        Assert.False(one.Equals("naïve 🎈!"));
        Assert.True(one != "naïve");
        Assert.Equal(default, (Text)"");
        Assert.True(default(Text).Equals(""));
    }

    [Fact]
    public void The_hash_is_the_same_in_every_process() => Assert.Equal(-484040075, ((Text)"Hello, Flowgen!").GetHashCode());

    [Fact]
    public void Text_is_ordered_by_its_bytes()
    {
        Assert.True((Text)"a" < "b");
        Assert.True((Text)"a" < "aa");
        Assert.True((Text)"Z" < "a");
        Assert.True((Text)"b" >= "a");
        Assert.True((Text)"a" <= "a");
        Assert.False((Text)"a" > "a");
    }

    [Theory]
    [InlineData("to be or", new[] { "to", "be", "or" })]
    [InlineData("  a   b ", new[] { "a", "b" })]
    [InlineData("", new string[0])]
    [InlineData("one", new[] { "one" })]
    [InlineData("   ", new string[0])]
    public void Split_gives_the_parts_that_are_not_empty(string text, string[] parts) => Assert.Equal(parts, PartsOf(text, ' ', keepEmpty: false));

    [Theory]
    [InlineData("a,,b,", new[] { "a", "", "b", "" })]
    [InlineData("", new[] { "" })]
    [InlineData(",", new[] { "", "" })]
    public void Split_can_keep_empty_parts(string text, string[] parts) => Assert.Equal(parts, PartsOf(text, ',', keepEmpty: true));

    [Fact]
    public void Split_takes_a_separator_of_several_bytes() => Assert.Equal(["1", "2"], PartsOf("1→2", '→', keepEmpty: false));

    [Theory]
    [InlineData("  a b\t\n", "a b")]
    [InlineData(" \u2003x\u00a0", "x")]
    [InlineData("   ", "")]
    [InlineData("", "")]
    public void Trim_takes_white_space_from_both_ends(string text, string trimmed) => Assert.Equal(trimmed, ((Text)text).Trim().ToString());

    [Fact]
    public void Text_can_be_searched_and_sliced()
    {
        Text text = "grüße an alle";
        Assert.Equal(8, text.IndexOf("an"));
        Assert.True(text.Contains("alle"));
        Assert.True(text.StartsWith("grü"));
        Assert.True(text.EndsWith("alle"));
        Assert.Equal(-1, text.IndexOf("xyz"));
        Assert.Equal("ü", text.Slice(2, 2).ToString());
        Assert.Throws<ArgumentException>(() => ((Text)"grüße").Slice(3, 1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Text)"abc").Slice(2, 2).Length);
    }

    [Fact]
    public void Text_is_parsed_without_the_culture_of_the_thread()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "!" } };
        try
        {
            Assert.True(((Text)"1234.5").TryParse(out double number));
            Assert.Equal(1234.5, number);
            Assert.True(((Text)"-7").TryParse(out int whole));
            Assert.Equal(-7, whole);
            Assert.False(((Text)"seven").TryParse(out int _));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Text_formats_itself_into_chars_and_bytes()
    {
        Text text = "añb";
        Assert.Equal("<añb>", $"<{text}>");
        Span<byte> bytes = stackalloc byte[4];
        Assert.True(text.TryFormat(bytes, out int written));
        Assert.Equal(4, written);
        Assert.False(text.TryFormat(bytes[..3], out written));
        Assert.Equal(0, written);
        Assert.Equal("añb", (string)text);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_no_text() => Assert.Throws<ArgumentException>(() => Text.FromUtf8([0xC0, 0xAF]));

    [Fact]
    public void Reading_and_slicing_text_allocates_nothing()
    {
        Text line = "the quick brown fox jumps over the lazy dog 42";
        int Work()
        {
            int found = 0;
            foreach (Text word in line.Split(' '))
            {
                if (word == line.Trim() || word.GetHashCode() == 0) return -1;
                if (word.TryParse(out int number)) found += number;
            }

            return found;
        }

        // A collection that other tests cause charges this thread with what is left of its allocation context; what the work costs is in every pass.
        long least = long.MaxValue;
        for (int pass = 0; pass < 5; pass++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            int result = Work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(42, result);
        }

        Assert.Equal(0, least);
    }

    private static List<string> PartsOf(Text text, char separator, bool keepEmpty)
    {
        var parts = new List<string>();
        foreach (Text part in text.Split(separator, keepEmpty)) parts.Add(part.ToString());
        return parts;
    }
}
