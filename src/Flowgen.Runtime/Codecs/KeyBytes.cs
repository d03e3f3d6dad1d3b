using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>The parts of key bytes, for codecs of composite keys: big-endian numbers as Kafka's serializers write them, text as
/// UTF-8 with its length (u16, big-endian) in front unless it is the last part.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KeyBytes
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    /// <summary>Leaves room for the length of a part of variable length that is not the last.</summary>
    /// <param name="to">Where the key goes.</param>
    /// <returns>The position for <see cref="EndPart"/>.</returns>
    public static int BeginPart(ByteBuffer to)
    {
        to.Reserve(sizeof(ushort));
        return to.Length;
    }

    /// <summary>Fills in the length of a part.</summary>
    /// <param name="to">Where the key goes.</param>
    /// <param name="start">What <see cref="BeginPart"/> returned.</param>
    /// <exception cref="RecordFormatException">The part is longer than 65,535 bytes.</exception>
    public static void EndPart(ByteBuffer to, int start)
    {
        int length = to.Length - start;
        if (length > ushort.MaxValue)
            throw new RecordFormatException($"A part of a composite key has {length} bytes; only the last part may be longer than {ushort.MaxValue}.");
        BinaryPrimitives.WriteUInt16BigEndian(to.Array.AsSpan(start - sizeof(ushort)), (ushort)length);
    }

    /// <summary>Takes a part of fixed length from the front of a key.</summary>
    /// <param name="rest">The rest of the key.</param>
    /// <param name="length">Length of the part in bytes.</param>
    /// <returns>The part.</returns>
    /// <exception cref="RecordFormatException">The key ends before.</exception>
    public static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int length)
    {
        if (rest.Length < length) ThrowLength(length, rest.Length);
        ReadOnlySpan<byte> part = rest[..length];
        rest = rest[length..];
        return part;
    }

    /// <summary>Takes a part with its length in front from a key.</summary>
    /// <param name="rest">The rest of the key.</param>
    /// <returns>The part.</returns>
    /// <exception cref="RecordFormatException">The key ends before.</exception>
    public static ReadOnlySpan<byte> TakePart(ref ReadOnlySpan<byte> rest) =>
        Take(ref rest, BinaryPrimitives.ReadUInt16BigEndian(Take(ref rest, sizeof(ushort))));

    /// <summary>Refuses a key of another length.</summary>
    /// <param name="key">The key bytes.</param>
    /// <param name="length">The expected length.</param>
    /// <exception cref="RecordFormatException">The key has another length.</exception>
    public static void Expect(ReadOnlySpan<byte> key, int length)
    {
        if (key.Length != length) ThrowLength(length, key.Length);
    }

    /// <summary>Reads UTF-8.</summary>
    /// <param name="key">The bytes.</param>
    /// <returns>The string.</returns>
    /// <exception cref="RecordFormatException">The bytes are not UTF-8.</exception>
    public static string ReadString(ReadOnlySpan<byte> key)
    {
        try
        {
            return StrictUtf8.GetString(key);
        }
        catch (DecoderFallbackException e)
        {
            throw new RecordFormatException("The key is not valid UTF-8.", e);
        }
    }

    /// <summary>Refuses bytes that are not UTF-8.</summary>
    /// <param name="key">The bytes.</param>
    /// <returns>The same bytes.</returns>
    /// <exception cref="RecordFormatException">The bytes are not UTF-8.</exception>
    public static ReadOnlySpan<byte> ExpectUtf8(ReadOnlySpan<byte> key) =>
        Utf8.IsValid(key) ? key : throw new RecordFormatException("The key is not valid UTF-8.");

    /// <summary>Reads a bool from its byte.</summary>
    /// <param name="value">The byte.</param>
    /// <returns>The bool.</returns>
    /// <exception cref="RecordFormatException">The byte is neither 0 nor 1.</exception>
    public static bool ReadBool(byte value) =>
        value <= 1 ? value == 1 : throw new RecordFormatException($"The key is the byte {value}, which is neither false (0) nor true (1).");

    /// <summary>Reads a date from its day.</summary>
    /// <param name="day">Days since 0001-01-01.</param>
    /// <returns>The date.</returns>
    /// <exception cref="RecordFormatException">The day is out of range.</exception>
    public static DateOnly ReadDay(int day) =>
        (uint)day <= (uint)DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber(day)
            : throw new RecordFormatException($"The key is day {day}, which is not a DateOnly.");

    /// <summary>Reads a decimal.</summary>
    /// <param name="key">Its 16 bytes.</param>
    /// <returns>The decimal.</returns>
    /// <exception cref="RecordFormatException">The bytes are not a decimal.</exception>
    public static decimal ReadDecimal(ReadOnlySpan<byte> key)
    {
        Expect(key, 16);
        return MemoryMarshal.Read<PackedDecimal>(key).Value("key");
    }

    /// <summary>Appends a Guid as Kafka's UUIDSerializer does: 36 characters.</summary>
    /// <param name="key">The Guid.</param>
    /// <param name="to">Where the bytes go.</param>
    public static void WriteGuid(Guid key, ByteBuffer to) => key.TryFormat(to.Reserve(36), out _, "D");

    /// <summary>Reads a Guid from its 36 characters.</summary>
    /// <param name="key">The bytes.</param>
    /// <returns>The Guid.</returns>
    /// <exception cref="RecordFormatException">The bytes are not such text.</exception>
    public static Guid ReadGuid(ReadOnlySpan<byte> key)
    {
        Expect(key, 36);
        Span<char> text = stackalloc char[36];
        if (Encoding.Latin1.GetChars(key, text) == 36 && Guid.TryParseExact(text, "D", out Guid value)) return value;
        throw new RecordFormatException("The key is not a Guid in the form 01234567-89ab-cdef-0123-456789abcdef.");
    }

    /// <summary>Appends a decimal: 16 bytes in the order of <see cref="decimal.GetBits(decimal)"/>, without trailing zeros, so that equal
    /// numbers have equal keys.</summary>
    /// <param name="key">The decimal.</param>
    /// <param name="to">Where the bytes go.</param>
    public static void WriteDecimal(decimal key, ByteBuffer to) => RecordWriter.WriteValue(to, new PackedDecimal(Normalize(key)));

    /// <summary>The same number with the smallest scale.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The number without trailing zeros.</returns>
    public static decimal Normalize(decimal value) => value == 0 ? 0 : value / 1.0000000000000000000000000000m;

    /// <summary>Unix milliseconds of a time, as a key holds it.</summary>
    /// <param name="value">The time; one of unspecified kind counts as UTC.</param>
    /// <returns>Unix milliseconds, rounded down.</returns>
    public static long Milliseconds(DateTime value)
    {
        DateTime utc = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc);
        return new DateTimeOffset(utc).ToUnixTimeMilliseconds();
    }

    /// <summary>The time of a key.</summary>
    /// <param name="milliseconds">Unix milliseconds.</param>
    /// <returns>The time in UTC.</returns>
    /// <exception cref="RecordFormatException">It lies outside the years 1 to 9999.</exception>
    public static DateTimeOffset ReadTime(long milliseconds)
    {
        if (milliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds() || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            throw new RecordFormatException(string.Create(CultureInfo.InvariantCulture, $"The key is {milliseconds} Unix milliseconds, which lies outside the years 1 to 9999."));
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    [DoesNotReturn]
    private static void ThrowLength(int expected, int actual) =>
        throw new RecordFormatException($"The key needs {expected} bytes, but has {actual}.");
}
