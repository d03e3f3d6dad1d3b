using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Flowgen.Log;

/// <summary>A growable byte array that encoders write to. Integers are little-endian unless the method's name says otherwise.</summary>
public sealed class ByteBuffer
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] _array;
    private int _length;

    /// <summary>Makes an empty buffer.</summary>
    /// <param name="capacity">Bytes to make room for at first; 0 is allowed.</param>
    public ByteBuffer(int capacity = 256) => _array = capacity == 0 ? [] : new byte[capacity];

    /// <summary>The bytes; only the first <see cref="Length"/> are written. Another array after the buffer has grown.</summary>
    public byte[] Array => _array;

    /// <summary>Bytes written.</summary>
    public int Length => _length;

    /// <summary>The bytes written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _array.AsSpan(0, _length);

    /// <summary>Forgets what was written and keeps the memory.</summary>
    public void Clear() => _length = 0;

    /// <summary>Forgets what was written behind a length.</summary>
    /// <param name="length">The new length, 0 to <see cref="Length"/>.</param>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)_length, nameof(length));
        _length = length;
    }

    /// <summary>Appends room for bytes that the caller fills; they are not zeroed.</summary>
    /// <param name="count">Number of bytes.</param>
    /// <returns>The new bytes; valid until the next write.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int count)
    {
        int start = _length;
        if ((uint)count > (uint)(_array.Length - start))
            Grow(count);
        _length = start + count;
        return _array.AsSpan(start, count);
    }

    /// <summary>Appends bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Appends zeros.</summary>
    /// <param name="count">Number of zero bytes.</param>
    public void WriteZeros(int count) => Reserve(count).Clear();

    /// <summary>Appends a byte.</summary>
    /// <param name="value">The byte.</param>
    public void WriteByte(byte value) => Reserve(1)[0] = value;

    /// <summary>Appends 2 bytes.</summary>
    /// <param name="value">The number.</param>
    public void WriteInt16(short value) => BinaryPrimitives.WriteInt16LittleEndian(Reserve(2), value);

    /// <summary>Appends 2 bytes.</summary>
    /// <param name="value">The number.</param>
    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Reserve(2), value);

    /// <summary>Appends 4 bytes.</summary>
    /// <param name="value">The number.</param>
    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Reserve(4), value);

    /// <summary>Appends 4 bytes.</summary>
    /// <param name="value">The number.</param>
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);

    /// <summary>Appends 8 bytes.</summary>
    /// <param name="value">The number.</param>
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);

    /// <summary>Appends 8 bytes.</summary>
    /// <param name="value">The number.</param>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);

    /// <summary>Appends 4 bytes.</summary>
    /// <param name="value">The number.</param>
    public void WriteSingle(float value) => BinaryPrimitives.WriteSingleLittleEndian(Reserve(4), value);

    /// <summary>Appends 8 bytes.</summary>
    /// <param name="value">The number.</param>
    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Reserve(8), value);

    /// <summary>Appends 2 bytes, the highest first.</summary>
    /// <param name="value">The number.</param>
    public void WriteInt16BigEndian(short value) => BinaryPrimitives.WriteInt16BigEndian(Reserve(2), value);

    /// <summary>Appends 4 bytes, the highest first.</summary>
    /// <param name="value">The number.</param>
    public void WriteInt32BigEndian(int value) => BinaryPrimitives.WriteInt32BigEndian(Reserve(4), value);

    /// <summary>Appends 8 bytes, the highest first.</summary>
    /// <param name="value">The number.</param>
    public void WriteInt64BigEndian(long value) => BinaryPrimitives.WriteInt64BigEndian(Reserve(8), value);

    /// <summary>Appends text as UTF-8, without its length.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Number of bytes appended.</returns>
    /// <exception cref="EncoderFallbackException">The text holds half of a surrogate pair.</exception>
    public int WriteUtf8(ReadOnlySpan<char> text)
    {
        int count = StrictUtf8.GetByteCount(text);
        return StrictUtf8.GetBytes(text, Reserve(count));
    }

    /// <summary>Bytes that <see cref="WriteUtf8"/> appends for a text.</summary>
    internal static int Utf8Length(ReadOnlySpan<char> text) => StrictUtf8.GetByteCount(text);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long needed = (long)_length + count;
        if (needed > System.Array.MaxLength)
            throw new InvalidOperationException($"A byte buffer holds at most {System.Array.MaxLength} bytes; {needed} are needed. Write smaller pieces.");
        long capacity = Math.Min(System.Array.MaxLength, Math.Max(needed, Math.Max(256, _array.Length * 2L)));
        System.Array.Resize(ref _array, (int)capacity);
    }
}
