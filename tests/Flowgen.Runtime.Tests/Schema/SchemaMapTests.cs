using Flowgen.Log;
using Flowgen.Runtime.Tests.Codecs;

namespace Flowgen.Runtime.Tests.Schema;

/// <summary>Records that were written with another schema.</summary>
public class SchemaMapTests
{
    [Fact]
    public void Members_are_found_by_number_missing_ones_keep_their_default_unknown_ones_are_skipped()
    {
        var writer = new RecordSchema("Parcel",
            new RecordMember(9, "Sender", MemberType.String),
            new RecordMember(2, "Town", MemberType.String),
            new RecordMember(4, "Grams", MemberType.Int16));
        var to = new ByteBuffer();
        to.WriteInt32(3);
        to.WriteInt32(5);
        to.WriteInt16(-12);
        to.Write("AnnParis"u8);

        Parcel read = ReadEvolved(writer, to);

        Assert.Equal(("Paris", -12, 0, null), (read.City, read.Grams, read.Id, read.Height));
        Assert.Equal("", read.Note.ToString());
        Assert.Empty(read.Codes);
    }

    [Fact]
    public void Members_widen_nulls_and_arrays_are_read()
    {
        var writer = new RecordSchema("Parcel",
            new RecordMember(5, "Height", MemberType.Single) { IsNullable = true },
            new RecordMember(6, "Codes", MemberType.Array(MemberType.Byte)));
        var to = new ByteBuffer();
        to.WriteByte(1);
        to.WriteSingle(1.5f);
        to.WriteInt32(4 + 3);
        to.WriteInt32(3);
        to.Write([1, 2, 255]);

        Parcel read = ReadEvolved(writer, to);
        Assert.Equal(1.5, read.Height);
        Assert.Equal([1, 2, 255], read.Codes);

        to.Array[0] = 0;
        Assert.Null(ReadEvolved(writer, to).Height);
    }

    [Fact]
    public void A_payload_of_the_same_schema_is_read_too()
    {
        var parcel = new Parcel(7, "Gdańsk", "care", -5, 1.25, [1, 2, 3]);
        var to = new ByteBuffer();
        ParcelCodec.Write(in parcel, to);

        Parcel read = ReadEvolved(ParcelCodec.Schema, to);
        Assert.Equal(parcel with { Codes = read.Codes }, read);
        Assert.Equal(parcel.Codes, read.Codes);
    }

    [Fact]
    public void A_payload_cut_at_any_byte_is_refused()
    {
        var parcel = new Parcel(7, "Gdańsk", "care", -5, 1.25, [1, 2, 3]);
        var to = new ByteBuffer();
        ParcelCodec.Write(in parcel, to);
        while (to.Length > 0)
        {
            to.Truncate(to.Length - 1);
            Assert.Throws<RecordFormatException>(() => ReadEvolved(ParcelCodec.Schema, to));
        }
    }

    [Theory]
    [InlineData(MemberKind.Int32, MemberKind.Int64, true)]
    [InlineData(MemberKind.Byte, MemberKind.Int16, true)]
    [InlineData(MemberKind.UInt32, MemberKind.Int64, true)]
    [InlineData(MemberKind.UInt32, MemberKind.UInt64, true)]
    [InlineData(MemberKind.Single, MemberKind.Double, true)]
    [InlineData(MemberKind.Int32, MemberKind.Double, true)]
    [InlineData(MemberKind.UInt64, MemberKind.Decimal, true)]
    [InlineData(MemberKind.String, MemberKind.String, true)]
    [InlineData(MemberKind.Int64, MemberKind.Int32, false)]
    [InlineData(MemberKind.SByte, MemberKind.UInt16, false)]
    [InlineData(MemberKind.UInt64, MemberKind.Int64, false)]
    [InlineData(MemberKind.Int64, MemberKind.Double, false)]
    [InlineData(MemberKind.Double, MemberKind.Decimal, false)]
    [InlineData(MemberKind.Int32, MemberKind.String, false)]
    [InlineData(MemberKind.DateTime, MemberKind.DateTimeOffset, false)]
    [InlineData(MemberKind.Bool, MemberKind.Int32, false)]
    public void A_type_may_widen_only(MemberKind written, MemberKind read, bool isAllowed)
    {
        var writer = new RecordSchema("R", new RecordMember(1, "Old", MemberType.Of(written)));
        var reader = new RecordSchema("R", new RecordMember(1, "New", MemberType.Of(read)));
        if (isAllowed)
        {
            Assert.Same(writer, new SchemaMap(writer, reader).Writer);
            return;
        }

        var error = Assert.Throws<RecordFormatException>(() => new SchemaMap(writer, reader));
        Assert.Contains("'New' (number 1) of 'R' is " + read, error.Message, StringComparison.Ordinal);
        Assert.Contains($"written with {written} 'Old'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_may_become_nullable_but_not_the_other_way()
    {
        var plain = new RecordSchema("R", new RecordMember(1, "A", MemberType.Int32));
        var nullable = new RecordSchema("R", new RecordMember(1, "A", MemberType.Int32) { IsNullable = true });
        Assert.NotNull(new SchemaMap(plain, nullable));
        Assert.Contains("nullable", Assert.Throws<RecordFormatException>(() => new SchemaMap(nullable, plain)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_enum_is_its_number_and_structs_are_compared_member_by_member()
    {
        MemberType colour = MemberType.Enum("Colour", MemberType.Byte, new EnumName("Red", 1));
        MemberType hue = MemberType.Enum("Hue", MemberType.Int32, new EnumName("Rouge", 1));
        RecordSchema Outer(MemberType inner) => new("Outer", new RecordMember(4, "Items", MemberType.Array(MemberType.Struct(new RecordSchema("Inner", new RecordMember(1, "Value", inner))))));

        SchemaMap map = new(Outer(colour), Outer(hue));
        Assert.Equal("Inner", map.Nested(4).Writer.Name);
        Assert.Throws<RecordFormatException>(() => new SchemaMap(Outer(hue), Outer(colour)));
    }

    private static Parcel ReadEvolved(RecordSchema writer, ByteBuffer payload)
    {
        var reader = new RecordReader(payload.Array, 0, payload.Length, new StringPool());
        ParcelCodec.ReadEvolved(ref reader, new SchemaMap(writer, ParcelCodec.Schema), out Parcel parcel);
        return parcel;
    }
}
