using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Tests.Parsing;

public sealed class LayoutTests
{
    [Fact]
    public void A_record_of_plain_numbers_is_stored_as_its_memory()
    {
        LayoutModel layout = Layout("[Key] long Auction, long Bidder, long Price, [EventTime] long At")!;

        Assert.Equal(32, layout.Stride);
        Assert.Equal(24, layout.TimeOffset);
        Assert.Equal([new KeyPartLayout(0, 8, true)], layout.KeyParts);
    }

    [Fact]
    public void A_key_of_several_parts_is_described_in_its_order()
    {
        LayoutModel layout = Layout("[Key(1)] int A, [Key(0)] byte B, byte C, short D")!;

        Assert.Equal(-1, layout.TimeOffset);
        Assert.Equal([new KeyPartLayout(4, 1, false), new KeyPartLayout(0, 4, true)], layout.KeyParts);
    }

    [Fact]
    public void Nested_structs_of_plain_numbers_are_memory_too() => Assert.Equal(32, Layout("long A, Plain Nested, Guid Id")!.Stride);

    [Theory]
    [InlineData("int A, long B")]
    [InlineData("long A, int B")]
    [InlineData("bool A")]
    [InlineData("char A")]
    [InlineData("decimal A")]
    [InlineData("DateTimeOffset A")]
    [InlineData("int? A")]
    [InlineData("string A")]
    [InlineData("[Key] Guid A")]
    [InlineData("[Header(\"h\")] int A")]
    [InlineData("[Key(0)] int A, [Key(1)] int B, [Key(2)] int C, [Key(3)] int D, [Key(4)] int E")]
    public void Padding_and_values_with_invalid_bits_are_encoded(string members) => Assert.Null(Layout(members));

    [Fact]
    public void Classes_and_explicit_layouts_are_encoded()
    {
        Assert.Null(Parsed.Record("""[Topic("t")] public sealed record R(int A);""", "R").Layout);
        Assert.Null(Parsed.Record("""[Topic("t"), System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)] public readonly record struct R(int A);""", "R").Layout);
        Assert.Null(Parsed.Record("""[Topic("t")] public readonly record struct R(int A) { public int B { get; init; } }""", "R").Layout);
    }

    private static LayoutModel? Layout(string members) =>
        Parsed.Record($$"""
            public readonly record struct Plain(int X, int Y);
            [Topic("t")] public readonly record struct R({{members}});
            """, "R").Layout;
}
