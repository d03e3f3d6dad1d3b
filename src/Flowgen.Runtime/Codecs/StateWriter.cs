using System.ComponentModel;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Writes what <see cref="StateReader"/> reads.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StateWriter
{
    /// <summary>Appends a value without references.</summary>
    /// <typeparam name="T">A type without references.</typeparam>
    /// <param name="to">Where the bytes go.</param>
    /// <param name="value">The value.</param>
    public static void Write<T>(ByteBuffer to, in T value)
        where T : unmanaged =>
        RecordWriter.WriteValue(to, in value);

    /// <summary>Appends bytes with their length (i32) in front.</summary>
    /// <param name="to">Where the bytes go.</param>
    /// <param name="bytes">The bytes.</param>
    public static void WriteBytes(ByteBuffer to, ReadOnlySpan<byte> bytes)
    {
        to.WriteInt32(bytes.Length);
        to.Write(bytes);
    }

    /// <summary>Appends a string as UTF-8 with its length in bytes (i32) in front.</summary>
    /// <param name="to">Where the bytes go.</param>
    /// <param name="text">The string.</param>
    /// <exception cref="RecordFormatException">The string has half a surrogate pair.</exception>
    public static void WriteString(ByteBuffer to, string text)
    {
        int start = RecordWriter.Begin<int>(to);
        int length = RecordWriter.WriteString(to, text, "state");
        RecordWriter.End(to, start, in length);
    }
}
