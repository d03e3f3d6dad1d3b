using System.Collections.Immutable;
using Flowgen.Runtime;

namespace Flowgen.Generators.Tests.Behaviour;

public class EvolutionTests
{
    [Fact]
    public void A_member_that_the_writer_did_not_know_takes_its_default() =>
        Assert.Equal(new AccountV2(1, "Ada", 18, null), Codecs.Evolve<AccountV1, AccountV1Codec, AccountV2, AccountV2Codec>(new(1, "Ada")));

    [Fact]
    public void A_member_that_the_reader_does_not_know_is_skipped() =>
        Assert.Equal(new AccountV1(1, "Ada"), Codecs.Evolve<AccountV2, AccountV2Codec, AccountV1, AccountV1Codec>(new(1, "Ada", 30, "x")));

    [Fact]
    public void Members_find_each_other_by_number_whatever_their_order_and_name() =>
        Assert.Equal(new AccountV3("Ada", 1), Codecs.Evolve<AccountV1, AccountV1Codec, AccountV3, AccountV3Codec>(new(1, "Ada")));

    [Fact]
    public void Numbers_widen() =>
        Assert.Equal(new Wide(-1, 1.5, 7, "Ada", 3m), Codecs.Evolve<Narrow, NarrowCodec, Wide, WideCodec>(new(-1, 1.5f, 7, "Ada", 3)));

    [Fact]
    public void Structs_and_lists_evolve_too()
    {
        CartV2 cart = Codecs.Evolve<CartV1, CartV1Codec, CartV2, CartV2Codec>(new([new("pen", 2), new("ink", 1)], new("total", 3), [[1], [2, 3]]));

        Assert.Equal([new LineV2("pen", 2, "CHF"), new LineV2("ink", 1, "CHF")], cart.Lines.ToArray());
        Assert.Equal(new LineV2("total", 3, "CHF"), cart.Total);
        Assert.Equal([[1L], [2L, 3L]], cart.Rows);
    }

    [Fact]
    public void A_change_that_would_lose_values_names_both_types()
    {
        RecordFormatException error = Assert.Throws<RecordFormatException>(() => Codecs.Evolve<Wide, WideCodec, Narrow, NarrowCodec>(default));

        Assert.Contains("Int64", error.Message, StringComparison.Ordinal);
        Assert.Contains("Int32", error.Message, StringComparison.Ordinal);
    }
}

[Stream]
public readonly record struct AccountV1(int Id, string Name);

[Stream]
public readonly record struct AccountV2(int Id, string Name, int Age = 18, string? City = null);

[Stream]
public readonly record struct AccountV3([Field(2)] string FullName, [Field(1)] long Number);

[Stream]
public readonly record struct Narrow(int Int, float Single, short? Maybe, string Text, int Money);

[Stream]
public readonly record struct Wide(long Int, double Single, int? Maybe, Text Text, decimal Money);

public readonly record struct LineV1(string Name, short Count);

public readonly record struct LineV2(string Name, int Count, string Currency = "CHF");

[Stream]
public readonly record struct CartV1(LineV1[] Lines, LineV1 Total, int[][] Rows);

[Stream]
public readonly record struct CartV2(ImmutableArray<LineV2> Lines, LineV2 Total, long[][] Rows);
