using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Codecs;

public class KeyCodecTests
{
    [Fact]
    public void Every_key_comes_back_from_its_key_bytes_and_from_state()
    {
        Check<byte, ByteKey>(0, 200);
        Check<sbyte, SByteKey>(-1, 7);
        Check<short, Int16Key>(-2, short.MaxValue);
        Check<ushort, UInt16Key>(0, ushort.MaxValue);
        Check<int, Int32Key>(int.MinValue, 0, 77);
        Check<uint, UInt32Key>(0, uint.MaxValue);
        Check<long, Int64Key>(long.MinValue, -1, 5);
        Check<ulong, UInt64Key>(0, ulong.MaxValue);
        Check<bool, BooleanKey>(true, false);
        Check<char, CharKey>('a', '€');
        Check<string, StringKey>("", "ATL", new string('ü', 500));
        Check<Text, TextKey>("", "ATL");
        Check<Guid, GuidKey>(Guid.Empty, new Guid("01234567-89ab-cdef-0123-456789abcdef"));
        Check<decimal, DecimalKey>(0m, -12.5m, decimal.MaxValue, decimal.MinValue);
        Check<DateOnly, DateOnlyKey>(DateOnly.MinValue, DateOnly.MaxValue);
        Check<TimeSpan, TimeSpanKey>(TimeSpan.MinValue, TimeSpan.Zero, TimeSpan.FromTicks(1));
        Check<DateTimeOffset, DateTimeOffsetKey>(DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch, new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.FromHours(-5)));
        Check<DateTime, DateTimeKey>(DateTime.UnixEpoch, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        Check<byte[], BytesKey>([], [1, 2]);
        Check<ReadOnlyMemory<byte>, MemoryKey>(new byte[] { 1, 2 }, new byte[] { 3 });
    }

    [Fact]
    public void Numbers_are_big_endian_times_are_milliseconds()
    {
        Assert.Equal([0xFF, 0xFE], Bytes<short, Int16Key>(-2));
        Assert.Equal([0, 65], Bytes<char, CharKey>('A'));
        Assert.Equal([1], Bytes<bool, BooleanKey>(true));
        Assert.Equal([0, 0, 0, 0, 0, 0, 3, 0xE8], Bytes<DateTimeOffset, DateTimeOffsetKey>(DateTimeOffset.UnixEpoch.AddSeconds(1).AddTicks(9)));
        Assert.Equal([0, 0, 0, 0, 0, 0, 3, 0xE8], Bytes<DateTime, DateTimeKey>(DateTime.UnixEpoch.AddSeconds(1)));
        Assert.Equal([0, 0, 0, 1], Bytes<DateOnly, DateOnlyKey>(new DateOnly(1, 1, 2)));
        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 0], Bytes<TimeSpan, TimeSpanKey>(TimeSpan.FromTicks(256)));
    }

    [Fact]
    public void Equal_numbers_are_one_key_whatever_their_scale()
    {
        Assert.Equal(Bytes<decimal, DecimalKey>(1.0m), Bytes<decimal, DecimalKey>(1.000m));
        Assert.Equal(Bytes<decimal, DecimalKey>(0m), Bytes<decimal, DecimalKey>(-0.00m));
        Assert.Equal(DecimalKey.Hash(1.0m), DecimalKey.Hash(1.000m));
        Assert.Equal(DecimalKey.PartitionHash(2.50m), DecimalKey.PartitionHash(2.5m));
    }

    [Fact]
    public void Bytes_that_are_no_key_are_refused()
    {
        Assert.Throws<RecordFormatException>(() => Int32Key.ReadKey([1, 2, 3]));
        Assert.Throws<RecordFormatException>(() => Int64Key.ReadKey([1, 2, 3, 4]));
        Assert.Throws<RecordFormatException>(() => BooleanKey.ReadKey([2]));
        Assert.Throws<RecordFormatException>(() => StringKey.ReadKey([0xC0, 0xAF]));
        Assert.Throws<RecordFormatException>(() => TextKey.ReadKey([0xED, 0xA0, 0x80]));
        Assert.Throws<RecordFormatException>(() => GuidKey.ReadKey("not a guid, but of the same length  "u8));
        Assert.Throws<RecordFormatException>(() => DecimalKey.ReadKey(Enumerable.Repeat((byte)0xFF, 16).ToArray()));
        Assert.Throws<RecordFormatException>(() => DateOnlyKey.ReadKey([0x7F, 0, 0, 0]));
        Assert.Throws<RecordFormatException>(() => DateTimeOffsetKey.ReadKey([0x7F, 0, 0, 0, 0, 0, 0, 0]));
        Assert.Throws<RecordFormatException>(() => StringKey.WriteKey("half a pair: \uD800", new ByteBuffer()));
    }

    [Fact]
    public void A_part_of_a_composite_key_has_its_length_in_front_unless_it_is_the_last()
    {
        var to = new ByteBuffer();
        int start = KeyBytes.BeginPart(to);
        StringKey.WriteKey("LAX", to);
        KeyBytes.EndPart(to, start);
        StringKey.WriteKey("JFK", to);
        Assert.Equal([0, 3, .. "LAXJFK"u8], to.Written.ToArray());

        ReadOnlySpan<byte> rest = to.Written;
        Assert.Equal("LAX", StringKey.ReadKey(KeyBytes.TakePart(ref rest)));
        Assert.Equal("JFK", StringKey.ReadKey(rest));
    }

    [Fact]
    public void A_composite_key_that_ends_too_early_is_refused() => Assert.Throws<RecordFormatException>(() =>
    {
        ReadOnlySpan<byte> rest = [0, 9, 1];
        return KeyBytes.TakePart(ref rest).Length;
    });

    private static void Check<TKey, TKeyCodec>(params TKey[] keys)
        where TKey : notnull
        where TKeyCodec : struct, IKeyCodec<TKey>
    {
        foreach (TKey key in keys)
        {
            TKey read = TKeyCodec.ReadKey(Bytes<TKey, TKeyCodec>(key));
            Assert.True(TKeyCodec.Equals(key, read), $"{typeof(TKeyCodec).Name}: {key} came back as {read}");
            Assert.Equal(TKeyCodec.Hash(key), TKeyCodec.Hash(read));
            Assert.Equal(Murmur2.Hash(Bytes<TKey, TKeyCodec>(key)), TKeyCodec.PartitionHash(key));

            var state = new ByteBuffer();
            TKeyCodec.Write(key, state);
            TKeyCodec.Write(key, state);
            var reader = new StateReader(state.Written);
            Assert.True(TKeyCodec.Equals(key, TKeyCodec.Read(ref reader)));
            Assert.True(TKeyCodec.Equals(TKeyCodec.Own(key), TKeyCodec.Read(ref reader)));
            reader.End();
        }

        Assert.False(TKeyCodec.Equals(keys[0], keys[1]));
    }

    private static byte[] Bytes<TKey, TKeyCodec>(TKey key)
        where TKey : notnull
        where TKeyCodec : struct, IKeyCodec<TKey>
    {
        var to = new ByteBuffer();
        TKeyCodec.WriteKey(key, to);
        return to.Written.ToArray();
    }
}
