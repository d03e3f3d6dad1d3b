using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Writes the parts of a payload: a fixed part that is filled in last, and behind it the members of variable length.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecordWriter
{
    /// <summary>Leaves room for the fixed part; members of variable length follow.</summary>
    /// <typeparam name="TFixed">The fixed part as a packed struct.</typeparam>
    /// <param name="to">Where the payload goes.</param>
    /// <returns>Where the fixed part starts, for <see cref="End"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Begin<TFixed>(ByteBuffer to)
        where TFixed : unmanaged
    {
        int start = to.Length;
        to.Reserve(Unsafe.SizeOf<TFixed>());
        return start;
    }

    /// <summary>Fills in the fixed part.</summary>
    /// <typeparam name="TFixed">The fixed part as a packed struct.</typeparam>
    /// <param name="to">Where the payload goes.</param>
    /// <param name="start">What <see cref="Begin"/> returned.</param>
    /// <param name="part">The fixed part.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void End<TFixed>(ByteBuffer to, int start, in TFixed part)
        where TFixed : unmanaged =>
        MemoryMarshal.Write(to.Array.AsSpan(start, Unsafe.SizeOf<TFixed>()), in part);

    /// <summary>Appends a value as it lies in memory: a fixed part alone, an element of an array, a length.</summary>
    /// <typeparam name="T">A type without references.</typeparam>
    /// <param name="to">Where the bytes go.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteValue<T>(ByteBuffer to, in T value)
        where T : unmanaged =>
        MemoryMarshal.Write(to.Reserve(Unsafe.SizeOf<T>()), in value);

    /// <summary>Appends a string as UTF-8.</summary>
    /// <param name="to">Where the bytes go.</param>
    /// <param name="value">The string; null counts as empty, as nullable members have their bit in the bitmap.</param>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>The number of bytes.</returns>
    /// <exception cref="RecordFormatException">The string has half a surrogate pair.</exception>
    public static int WriteString(ByteBuffer to, string? value, string member)
    {
        if (string.IsNullOrEmpty(value)) return 0;
        int start = to.Length;
        Span<byte> room = to.Reserve(value.Length * 3);
        if (Utf8.FromUtf16(value, room, out _, out int written, replaceInvalidSequences: false) != System.Buffers.OperationStatus.Done)
            throw new RecordFormatException($"Member '{member}' has half a surrogate pair, which cannot be written as UTF-8.");
        to.Truncate(start + written);
        return written;
    }

    /// <summary>Appends text.</summary>
    /// <param name="to">Where the bytes go.</param>
    /// <param name="value">The text.</param>
    /// <returns>The number of bytes.</returns>
    public static int WriteText(ByteBuffer to, Text value) => WriteBytes(to, value.Bytes);

    /// <summary>Appends bytes.</summary>
    /// <param name="to">Where the bytes go.</param>
    /// <param name="value">The bytes.</param>
    /// <returns>Their number.</returns>
    public static int WriteBytes(ByteBuffer to, ReadOnlySpan<byte> value)
    {
        to.Write(value);
        return value.Length;
    }

    /// <summary>Appends an array whose elements lie in the bytes as they lie in memory: count, then elements.</summary>
    /// <typeparam name="T">An element type that is valid for all bits.</typeparam>
    /// <param name="to">Where the bytes go.</param>
    /// <param name="values">The elements.</param>
    /// <returns>The number of bytes.</returns>
    public static int WriteArray<T>(ByteBuffer to, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        int start = to.Length;
        to.WriteInt32(values.Length);
        to.Write(MemoryMarshal.AsBytes(values));
        return to.Length - start;
    }

    /// <summary>Adds a header with a number or Guid as invariant text; none for null.</summary>
    /// <typeparam name="T">The type of the member.</typeparam>
    /// <param name="to">The batch.</param>
    /// <param name="name">Name of the header.</param>
    /// <param name="value">The value.</param>
    public static void WriteHeader<T>(BatchBuilder to, string name, T? value)
        where T : struct, IUtf8SpanFormattable
    {
        if (value is not { } present) return;
        Span<byte> text = stackalloc byte[64];
        if (!present.TryFormat(text, out int written, default, CultureInfo.InvariantCulture))
            throw new RecordFormatException($"The value of header '{name}' is longer than {text.Length} characters.");
        to.AddHeader(name, text[..written]);
    }

    /// <summary>Adds a header with text; none for null.</summary>
    /// <param name="to">The batch.</param>
    /// <param name="name">Name of the header.</param>
    /// <param name="value">The text.</param>
    /// <exception cref="RecordFormatException">The string has half a surrogate pair.</exception>
    public static void WriteHeader(BatchBuilder to, string name, string? value)
    {
        if (value is null) return;
        byte[] rented = System.Buffers.ArrayPool<byte>.Shared.Rent(value.Length * 3);
        if (Utf8.FromUtf16(value, rented, out _, out int written, replaceInvalidSequences: false) != System.Buffers.OperationStatus.Done)
            throw new RecordFormatException($"The value of header '{name}' has half a surrogate pair, which cannot be written as UTF-8.");
        to.AddHeader(name, rented.AsSpan(0, written));
        System.Buffers.ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Adds a header with bytes.</summary>
    /// <param name="to">The batch.</param>
    /// <param name="name">Name of the header.</param>
    /// <param name="value">The bytes.</param>
    public static void WriteHeader(BatchBuilder to, string name, ReadOnlySpan<byte> value) => to.AddHeader(name, value);
}
