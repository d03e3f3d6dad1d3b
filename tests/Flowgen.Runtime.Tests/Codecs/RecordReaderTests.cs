using System.Buffers.Binary;
using Flowgen.Log;
using FsCheck;
using FsCheck.Fluent;

namespace Flowgen.Runtime.Tests.Codecs;

/// <summary>Records as bytes, and bytes that are no records.</summary>
public class RecordReaderTests
{
    private static readonly Parcel Sample = new(7, "Gdańsk", "handle with care", -5, 1.25, [1, 2, 3]);

    [Fact]
    public void A_record_comes_back_as_it_was_written()
    {
        Parcel read = Read(Write(Sample));
        Assert.Equal(Sample with { Codes = read.Codes }, read);
        Assert.Equal(Sample.Codes, read.Codes);
        Assert.Null(Read(Write(Sample with { Height = null })).Height);
    }

    [Fact]
    public void Repeated_strings_are_one_instance()
    {
        byte[] payload = Write(Sample);
        var strings = new StringPool();
        Assert.Same(Read(payload, strings).City, Read(payload, strings).City);
    }

    [Fact]
    public void A_payload_cut_at_any_byte_is_refused()
    {
        byte[] payload = Write(Sample);
        for (int length = 0; length < payload.Length; length++)
        {
            byte[] cut = payload[..length];
            Assert.Throws<RecordFormatException>(() => Read(cut));
        }

        Assert.Throws<RecordFormatException>(() => Read([.. payload, 0]));
    }

    [Fact]
    public void Any_bytes_are_a_record_or_refused() =>
        Prop.ForAll<byte[], int>((noise, at) =>
        {
            byte[] payload = Write(Sample);
            for (int i = 0; i < noise.Length && payload.Length > 0; i++) payload[Math.Abs((at % 97) + i * 13) % payload.Length] = noise[i];
            try
            {
                Read(payload);
            }
            catch (RecordFormatException e)
            {
                return e.Message.Contains('\'', StringComparison.Ordinal);
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData(5, "City")]
    [InlineData(9, "Note")]
    [InlineData(25, "Codes")]
    public void Sixteen_bytes_more_that_claim_two_gigabytes_name_the_member_and_allocate_almost_nothing(int lengthAt, string member)
    {
        byte[] payload = Write(Sample);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(lengthAt), int.MaxValue);
        var strings = new StringPool();
        Assert.Throws<RecordFormatException>(() => Read(payload, strings));

        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<RecordFormatException>(() => Read(payload, strings));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Contains($"'{member}' claims 2147483647 bytes", error.Message, StringComparison.Ordinal);
        Assert.True(allocated < 64 * 1024, $"{allocated} bytes were allocated.");
    }

    [Fact]
    public void A_16_byte_array_that_claims_half_a_billion_elements_allocates_almost_nothing()
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, int.MaxValue / 4);
        var strings = new StringPool();
        RecordFormatException ReadIt() => Assert.Throws<RecordFormatException>(() => new RecordReader(bytes, 0, 16, strings).ReadArray<int>(16, "Codes"));
        ReadIt();

        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = ReadIt().Message;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Contains("'Codes' claims 536870911 elements", message, StringComparison.Ordinal);
        Assert.True(allocated < 64 * 1024, $"{allocated} bytes were allocated.");
    }

    [Fact]
    public void State_that_claims_two_gigabytes_allocates_almost_nothing()
    {
        byte[] bytes = [0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        void ReadIt()
        {
            Assert.Throws<RecordFormatException>(() => new StateReader(bytes).ReadString());
            Assert.Throws<RecordFormatException>(() => new StateReader(bytes).ReadCount(1));
        }

        ReadIt();
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadIt();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF8, 0x88, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    public void Text_must_be_strict_UTF8(byte[] bytes)
    {
        Assert.Contains("'Name' is not valid UTF-8", Assert.Throws<RecordFormatException>(() => new RecordReader(bytes, 0, bytes.Length, new StringPool()).ReadString(bytes.Length, "Name")).Message, StringComparison.Ordinal);
        Assert.Throws<RecordFormatException>(() => new RecordReader(bytes, 0, bytes.Length, new StringPool()).ReadText(bytes.Length, "Name"));
        byte[] longer = [.. bytes, .. new byte[StringPool.MaxPooledBytes]];
        Assert.Throws<RecordFormatException>(() => new RecordReader(longer, 0, longer.Length, new StringPool()).ReadString(longer.Length, "Name"));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_not_written() =>
        Assert.Contains("'City'", Assert.Throws<RecordFormatException>(() => Write(Sample with { City = "\uDC00" })).Message, StringComparison.Ordinal);

    [Fact]
    public void Structs_nest_at_most_64_deep()
    {
        static int Depth(RecordReader reader, int depth) => Depth(reader.Nested(reader.Remaining, "Child"), depth + 1);
        var error = Assert.Throws<RecordFormatException>(() => Depth(new RecordReader(new byte[8], 0, 8, new StringPool()), 0));
        Assert.Contains("deeper than 64 levels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_values_of_fixed_members_are_refused_with_their_name()
    {
        static void Refused<T>(byte[] bytes, Func<T, object> value)
            where T : unmanaged =>
            Assert.Contains("'M'", Assert.Throws<RecordFormatException>(() => value(new StateReader(bytes).Read<T>())).Message, StringComparison.Ordinal);

        Refused<PackedBool>([2], packed => packed.Value("M"));
        Refused<PackedDecimal>([.. Enumerable.Repeat((byte)0xFF, 16)], packed => packed.Value("M"));
        Refused<PackedDateOnly>([0xFF, 0xFF, 0xFF, 0x7F], packed => packed.Value("M"));
        Refused<PackedDateTime>([0, 0, 0, 0, 0, 0, 0, 0, 3], packed => packed.Value("M"));
        Refused<PackedDateTimeOffset>([0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0x7F], packed => packed.Value("M"));
    }

    [Fact]
    public void In_steady_state_encoding_and_decoding_allocate_nothing_but_arrays()
    {
        Parcel parcel = Sample with { Codes = [] };
        var to = new ByteBuffer();
        var strings = new StringPool();
        int Work()
        {
            int grams = 0;
            for (int i = 0; i < 1000; i++)
            {
                to.Clear();
                ParcelCodec.Write(in parcel, to);
                var reader = new RecordReader(to.Array, 0, to.Length, strings);
                ParcelCodec.Read(ref reader, out Parcel read);
                grams += read.Grams;
            }

            return grams;
        }

        Assert.Equal(-5000, Work());
        Assert.Equal(0, Allocations.Least(() => Work()));
    }

    private static byte[] Write(Parcel parcel)
    {
        var to = new ByteBuffer();
        ParcelCodec.Write(in parcel, to);
        return to.Written.ToArray();
    }

    private static Parcel Read(byte[] payload, StringPool? strings = null)
    {
        var reader = new RecordReader(payload, 0, payload.Length, strings ?? new StringPool());
        ParcelCodec.Read(ref reader, out Parcel parcel);
        return parcel;
    }
}
