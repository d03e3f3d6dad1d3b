using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Flowgen;

/// <summary>UTF-8 text that borrows the bytes of a batch: 16 bytes, nothing is allocated to read or slice it. It is valid only as
/// long as the batch, so keep <see cref="Own"/> of it, or a string. Equality and order are those of the bytes.</summary>
public readonly partial struct Text : IEquatable<Text>, IComparable<Text>, ISpanFormattable, IUtf8SpanFormattable
{
    private readonly byte[]? _buffer;
    private readonly int _start;

    private Text(byte[]? buffer, int start, int length)
    {
        _buffer = buffer;
        _start = start;
        Length = length;
    }

    /// <summary>The empty text.</summary>
    public static Text Empty => default;

    /// <summary>Number of bytes, not of characters.</summary>
    public int Length { get; }

    /// <summary>Whether there are no bytes.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The UTF-8 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => new(_buffer, _start, Length);

    /// <summary>The UTF-8 bytes as memory, which lives as long as the text.</summary>
    public ReadOnlyMemory<byte> Memory => new(_buffer, _start, Length);

    /// <summary>Text of a string, with bytes of its own.</summary>
    /// <param name="text">The string; half a surrogate pair becomes U+FFFD.</param>
    public static implicit operator Text(string? text)
    {
        if (string.IsNullOrEmpty(text)) return default;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return new Text(bytes, 0, bytes.Length);
    }

    /// <summary>The text as a string.</summary>
    /// <param name="text">The text.</param>
    public static explicit operator string(Text text) => text.ToString();

    /// <summary>Whether two texts have the same bytes.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Text left, Text right) => left.Bytes.SequenceEqual(right.Bytes);

    /// <summary>Whether two texts differ.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Text left, Text right) => !(left == right);

    /// <summary>Whether one text comes before another, byte by byte.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(Text left, Text right) => left.CompareTo(right) < 0;

    /// <summary>Whether one text comes after another, byte by byte.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(Text left, Text right) => left.CompareTo(right) > 0;

    /// <summary>Whether one text comes before another or is equal.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(Text left, Text right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one text comes after another or is equal.</summary>
    /// <param name="left">One text.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(Text left, Text right) => left.CompareTo(right) >= 0;

    /// <summary>Text that borrows a part of a buffer, which must be valid UTF-8.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="start">Where the text starts.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie in the buffer.</exception>
    public static Text Borrow(byte[] buffer, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if ((uint)start > (uint)buffer.Length || (uint)length > (uint)(buffer.Length - start))
            throw new ArgumentOutOfRangeException(nameof(length), "The text must lie inside the buffer.");
        return new Text(buffer, start, length);
    }

    /// <summary>Text with a copy of the bytes.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentException">The bytes are not valid UTF-8.</exception>
    public static Text FromUtf8(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8)) throw new ArgumentException("The bytes are not valid UTF-8.", nameof(utf8));
        return utf8.IsEmpty ? default : new Text(utf8.ToArray(), 0, utf8.Length);
    }

    /// <summary>A copy that may be kept.</summary>
    /// <returns>Text with bytes of its own.</returns>
    public Text Own() => Length == 0 ? default : new Text(Bytes.ToArray(), 0, Length);

    /// <inheritdoc/>
    public bool Equals(Text other) => this == other;

    /// <summary>Whether the text is that of a string.</summary>
    /// <param name="other">The string.</param>
    /// <returns>Whether both have the same characters.</returns>
    public bool Equals(string? other)
    {
        if (other is null || other.Length > Length || Length > other.Length * 3) return false;
        ReadOnlySpan<byte> rest = Bytes;
        foreach (Rune rune in other.EnumerateRunes())
        {
            if (Rune.DecodeFromUtf8(rest, out Rune mine, out int consumed) != System.Buffers.OperationStatus.Done || mine != rune) return false;
            rest = rest[consumed..];
        }

        return rest.IsEmpty;
    }

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Text other && this == other;

    /// <summary>A hash of the bytes that is the same in every process.</summary>
    /// <returns>32 bits.</returns>
    public override int GetHashCode()
    {
        const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
        ulong hash = (ulong)Length;
        ReadOnlySpan<byte> rest = Bytes;
        for (; rest.Length >= 8; rest = rest[8..])
            hash = ulong.RotateLeft((hash ^ MemoryMarshal.Read<ulong>(rest)) * Multiplier, 29);
        foreach (byte b in rest)
            hash = ulong.RotateLeft((hash ^ b) * Multiplier, 29);
        hash *= Multiplier;
        return (int)(hash >> 32);
    }

    /// <inheritdoc/>
    public int CompareTo(Text other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Bytes);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        Encoding.UTF8.TryGetChars(Bytes, destination, out charsWritten);

    /// <inheritdoc/>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null)
    {
        bool fits = Bytes.TryCopyTo(utf8Destination);
        bytesWritten = fits ? Length : 0;
        return fits;
    }

    /// <summary>Reads the text as a number, Guid or the like, with the invariant culture.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>Whether the whole text is such a value.</returns>
    public bool TryParse<T>([MaybeNullWhen(false)] out T value)
        where T : IUtf8SpanParsable<T> =>
        T.TryParse(Bytes, CultureInfo.InvariantCulture, out value);
}
