using System.Text;
using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Generators.Tests.Behaviour;

public class KeyTests
{
    [Fact]
    public void A_number_is_big_endian() =>
        Assert.Equal([0, 0, 1, 2], Codecs.KeyOf<ByNumber, ByNumberCodec>(new(258, "x")));

    [Fact]
    public void A_Guid_is_its_text() =>
        Assert.Equal("01234567-89ab-cdef-0123-456789abcdef", Encoding.ASCII.GetString(Codecs.KeyOf<ByGuid, ByGuidCodec>(new(Guid.Parse("01234567-89AB-CDEF-0123-456789ABCDEF")))));

    [Fact]
    public void An_enum_is_its_number() =>
        Assert.Equal([2], Codecs.KeyOf<ByColor, ByColorCodec>(new(Color.Green)));

    [Fact]
    public void A_composite_key_is_its_parts_with_lengths_before_all_but_the_last() =>
        Assert.Equal([0, 2, (byte)'C', (byte)'H', 0, 0, 0, 7, (byte)'x'], Codecs.KeyOf<ByThree, ByThreeCodec>(new("x", 7, "CH")));

    [Fact]
    public void A_computed_key_comes_from_the_property() =>
        Assert.Equal([0, 0, 0, 9], Codecs.KeyOf<ByComputed, ByComputedCodec>(new(new(9, "Ada", null))));

    [Fact]
    public void A_time_is_Unix_milliseconds() =>
        Assert.Equal([0, 0, 0, 0, 0, 0, 3, 232], Codecs.KeyOf<ByTime, ByTimeCodec>(new(DateTimeOffset.UnixEpoch.AddSeconds(1))));

    [Fact]
    public void The_schema_knows_the_key_members_in_their_order()
    {
        Assert.Equal(["Country", "Page", "Name"], ByThreeCodec.Schema.Key.Select(m => m.Name));
        Assert.Equal(["PersonId"], ByComputedCodec.Schema.Key.Select(m => m.Name));
        Assert.True(ByComputedCodec.Schema.Key[0].IsComputed);
    }

    [Fact]
    public void Enums_are_described_with_their_names() =>
        Assert.Equal([new EnumName("Red", 1), new EnumName("Green", 2)], ByColorCodec.Schema.Members[0].Type.Names.ToArray());

    [Fact]
    public void Fixed_batches_describe_the_key_of_a_record_stored_as_its_memory() =>
        Assert.Equal([new KeyPart(0, 4, BigEndian: true)], MeasuredCodec.Layout!.KeyParts.ToArray());

    [Fact]
    public void Header_members_come_back()
    {
        BatchBuilder builder = new();
        builder.StartVariable(schemaId: 1);
        builder.BeginRecord(timestamp: 1);
        builder.EndKey(isNull: true);
        WithHeaders record = new(5, "abc", -3, Guid.Parse("01234567-89ab-cdef-0123-456789abcdef"), [1, 2], null);
        WithHeadersCodec.Write(in record, builder.Data);
        builder.EndValue();
        WithHeadersCodec.WriteHeaders(in record, builder);
        builder.EndRecord();

        WithHeaders read = Batches.ReadFirst<WithHeaders, WithHeadersCodec>(builder);

        Assert.Equal([1, 2], read.Raw!);
        Assert.Equal(record with { Raw = null }, read with { Raw = null });
    }
}

[Stream]
public readonly record struct ByNumber([Key] int Id, string Name);

[Stream]
public readonly record struct ByGuid([Key] Guid Id);

[Stream]
public readonly record struct ByColor([Key] Color Color);

[Stream]
public readonly record struct ByThree([Key(2)] string Name, [Key(1)] int Page, [Key(0)] string Country);

[Stream]
public readonly record struct ByTime([Key] DateTimeOffset At);

[Stream]
public readonly record struct ByComputed(Person Person)
{
    [Key]
    public int PersonId => Person.Id;
}

[Stream]
public readonly record struct WithHeaders(
    [Key] int Id, [Header("trace")] string? Trace, [Header("attempt")] int Attempt, [Header("tenant")] Guid? Tenant, [Header("raw")] byte[]? Raw, [Header("none")] string? Missing);
