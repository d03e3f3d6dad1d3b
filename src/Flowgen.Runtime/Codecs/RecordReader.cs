using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Reads one payload. The bytes are not trusted: every length is checked against what remains before anything is
/// allocated, text must be strict UTF-8, and structs nest at most <see cref="MaxDepth"/> deep.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct RecordReader
{
    /// <summary>How deep structs and arrays may nest.</summary>
    public const int MaxDepth = 64;

    private readonly byte[] _buffer;
    private readonly int _end;
    private readonly int _depth;
    private readonly StringPool _strings;
    private readonly LogHeaders _headers;
    private int _position;

    /// <summary>Reads a part of a buffer.</summary>
    /// <param name="buffer">The buffer; text and bytes that are read borrow it.</param>
    /// <param name="start">Start of the payload.</param>
    /// <param name="length">Length of the payload in bytes.</param>
    /// <param name="strings">Where strings come from.</param>
    public RecordReader(byte[] buffer, int start, int length, StringPool strings)
        : this(buffer, start, length, strings, default(LogHeaders))
    {
    }

    /// <summary>Reads the value of a record of a log, and members that are kept in its headers.</summary>
    /// <param name="buffer">The buffer of the batch; text and bytes that are read borrow it.</param>
    /// <param name="start">Start of the payload.</param>
    /// <param name="length">Length of the payload in bytes.</param>
    /// <param name="strings">Where strings come from.</param>
    /// <param name="headers">The headers of the record.</param>
    public RecordReader(byte[] buffer, int start, int length, StringPool strings, LogHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if ((uint)start > (uint)buffer.Length || (uint)length > (uint)(buffer.Length - start))
            throw new ArgumentOutOfRangeException(nameof(length), "The payload must lie inside the buffer.");
        _buffer = buffer;
        _position = start;
        _end = start + length;
        _strings = strings;
        _headers = headers;
    }

    internal RecordReader(byte[] buffer, int start, int length, StringPool strings, int depth)
    {
        _buffer = buffer;
        _position = start;
        _end = start + length;
        _strings = strings;
        _depth = depth;
    }

    internal readonly byte[] Buffer => _buffer;

    internal readonly StringPool Strings => _strings;

    internal readonly int Position => _position;

    internal readonly int Depth => _depth;

    /// <summary>Number of bytes not yet read.</summary>
    public readonly int Remaining => _end - _position;

    /// <summary>The bytes not yet read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _buffer.AsSpan(_position, _end - _position);

    /// <summary>The fixed part at the start of a payload: one check for all its members.</summary>
    /// <typeparam name="TFixed">The fixed part as a packed struct, with a byte for each byte of the null bitmap in front.</typeparam>
    /// <param name="record">Name of the record, for the message.</param>
    /// <returns>The fixed part inside the buffer.</returns>
    /// <exception cref="RecordFormatException">The payload is shorter.</exception>
    [UnscopedRef]
    public ref readonly TFixed Fixed<TFixed>(string record)
        where TFixed : unmanaged
    {
        int start = _position;
        int size = Unsafe.SizeOf<TFixed>();
        if (_end - start < size) Throw.TooShort(record, _end - start, size);
        _position = start + size;
        return ref MemoryMarshal.AsRef<TFixed>(_buffer.AsSpan(start, size));
    }

    /// <summary>Reads one value without references: an element of an array, or a length.</summary>
    /// <typeparam name="T">The type as it lies in the bytes.</typeparam>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>The value.</returns>
    /// <exception cref="RecordFormatException">The payload ends before it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Read<T>(string member)
        where T : unmanaged
    {
        int start = _position;
        if (_end - start < Unsafe.SizeOf<T>()) Throw.TooShort(member, _end - start, Unsafe.SizeOf<T>());
        _position = start + Unsafe.SizeOf<T>();
        return MemoryMarshal.Read<T>(_buffer.AsSpan(start, Unsafe.SizeOf<T>()));
    }

    /// <summary>Reads text through the pool: repeated values allocate nothing.</summary>
    /// <param name="length">Length in bytes, from the fixed part.</param>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>The string.</returns>
    /// <exception cref="RecordFormatException">The length does not fit, or the bytes are not UTF-8.</exception>
    public string ReadString(int length, string member)
    {
        ReadOnlySpan<byte> bytes = Take(length, member);
        return _strings.TryGet(bytes, out string? text) ? text : Throw.NotUtf8(member);
    }

    /// <summary>Reads text that borrows the buffer.</summary>
    /// <param name="length">Length in bytes, from the fixed part.</param>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>The text.</returns>
    /// <exception cref="RecordFormatException">The length does not fit, or the bytes are not UTF-8.</exception>
    public Text ReadText(int length, string member)
    {
        int start = _position;
        if (!Utf8.IsValid(Take(length, member))) Throw.NotUtf8(member);
        return Text.Borrow(_buffer, start, length);
    }

    /// <summary>Reads bytes that borrow the buffer.</summary>
    /// <param name="length">Length in bytes, from the fixed part.</param>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="RecordFormatException">The length does not fit.</exception>
    public ReadOnlyMemory<byte> ReadMemory(int length, string member)
    {
        int start = _position;
        Take(length, member);
        return new ReadOnlyMemory<byte>(_buffer, start, length);
    }

    /// <summary>Reads bytes into an array of their own.</summary>
    /// <param name="length">Length in bytes, from the fixed part.</param>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="RecordFormatException">The length does not fit.</exception>
    public byte[] ReadBytes(int length, string member) => Take(length, member).ToArray();

    /// <summary>Reads an array whose elements lie in the bytes as they lie in memory.</summary>
    /// <typeparam name="T">An element type that is valid for all bits.</typeparam>
    /// <param name="length">Length in bytes, from the fixed part.</param>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>The elements.</returns>
    /// <exception cref="RecordFormatException">The length or the count does not fit.</exception>
    public T[] ReadArray<T>(int length, string member)
        where T : unmanaged
    {
        RecordReader elements = Elements(length, Unsafe.SizeOf<T>(), member, out int count);
        T[] array = count == 0 ? [] : GC.AllocateUninitializedArray<T>(count);
        elements.Take(count * Unsafe.SizeOf<T>(), member).CopyTo(MemoryMarshal.AsBytes(array.AsSpan()));
        elements.End(member);
        return array;
    }

    /// <summary>Starts to read an array element by element.</summary>
    /// <param name="length">Length of the array in bytes, from the fixed part.</param>
    /// <param name="minimumSize">Bytes that an element takes at least; 0 is not allowed.</param>
    /// <param name="member">Name of the member, for the message.</param>
    /// <param name="count">Number of elements; so many elements can be there.</param>
    /// <returns>A reader of the elements; call <see cref="End"/> on it after the last.</returns>
    /// <exception cref="RecordFormatException">The length or the count does not fit.</exception>
    public RecordReader Elements(int length, int minimumSize, string member, out int count)
    {
        RecordReader elements = Nested(length, member);
        count = elements.Read<int>(member);
        if (count < 0 || (long)count * minimumSize > elements.Remaining) Throw.Count(member, count, elements.Remaining);
        return elements;
    }

    /// <summary>Starts to read a struct with members of variable length.</summary>
    /// <param name="length">Its length in bytes, from the fixed part.</param>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>A reader of the struct, to be passed to its codec.</returns>
    /// <exception cref="RecordFormatException">The length does not fit, or it lies deeper than <see cref="MaxDepth"/>.</exception>
    public RecordReader Nested(int length, string member)
    {
        if (_depth >= MaxDepth) Throw.TooDeep(member);
        if ((uint)length > (uint)(_end - _position)) Throw.Length(member, length, _end - _position);
        var nested = new RecordReader(_buffer, _position, length, _strings, _depth + 1);
        _position += length;
        return nested;
    }

    /// <summary>Walks over the members of a payload that was written with another schema.</summary>
    /// <param name="map">How that schema fits the one of the reader.</param>
    /// <returns>The members in the order of the bytes.</returns>
    /// <exception cref="RecordFormatException">The payload is shorter than the fixed part of that schema.</exception>
    public SchemaMembers Members(SchemaMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new SchemaMembers(in this, map.Writer);
    }

    /// <summary>Refuses bytes behind the last member.</summary>
    /// <param name="record">Name of the record or member, for the message.</param>
    /// <exception cref="RecordFormatException">There are more bytes.</exception>
    public readonly void End(string record)
    {
        if (_position != _end) Throw.TooLong(record, _end - _position);
    }

    /// <summary>A part at the same depth: an element of an array.</summary>
    internal RecordReader Part(int length, string member)
    {
        int start = _position;
        Take(length, member);
        return new RecordReader(_buffer, start, length, _strings, _depth);
    }

    private ReadOnlySpan<byte> Take(int length, string member)
    {
        int start = _position;
        if ((uint)length > (uint)(_end - start)) Throw.Length(member, length, _end - start);
        _position = start + length;
        return _buffer.AsSpan(start, length);
    }

    internal static class Throw
    {
        [DoesNotReturn]
        public static void TooShort(string name, int actual, int expected) =>
            throw new RecordFormatException($"'{name}' needs {expected} bytes, but the payload has only {actual} left.");

        [DoesNotReturn]
        public static void TooLong(string name, int rest) =>
            throw new RecordFormatException($"The payload has {rest} bytes behind the end of '{name}': it was written with another schema.");

        [DoesNotReturn]
        public static void Length(string member, int length, int rest) =>
            throw new RecordFormatException($"Member '{member}' claims {length} bytes, but the payload has only {rest} left.");

        [DoesNotReturn]
        public static void Count(string member, int count, int rest) =>
            throw new RecordFormatException($"Member '{member}' claims {count} elements, which do not fit into the {rest} bytes that are left.");

        [DoesNotReturn]
        public static void TooDeep(string member) =>
            throw new RecordFormatException($"Member '{member}' nests deeper than {MaxDepth} levels.");

        [DoesNotReturn]
        public static string NotUtf8(string member) =>
            throw new RecordFormatException($"Member '{member}' is not valid UTF-8.");
    }
}
