using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Flowgen.Runtime;

/// <summary>Reads keys and state from a changelog. The bytes are not trusted: every length is checked before anything is allocated.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct StateReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    private ReadOnlySpan<byte> _rest;

    /// <summary>Reads a blob from its start.</summary>
    /// <param name="bytes">The blob.</param>
    public StateReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>Number of bytes not yet read.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Reads a value without references.</summary>
    /// <typeparam name="T">The type as it lies in the bytes.</typeparam>
    /// <returns>The value.</returns>
    /// <exception cref="RecordFormatException">The blob ends before it.</exception>
    public T Read<T>()
        where T : unmanaged
    {
        if (_rest.Length < Unsafe.SizeOf<T>()) ThrowTooShort(Unsafe.SizeOf<T>(), _rest.Length);
        T value = MemoryMarshal.Read<T>(_rest);
        _rest = _rest[Unsafe.SizeOf<T>()..];
        return value;
    }

    /// <summary>Reads a number of bytes.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The bytes inside the blob.</returns>
    /// <exception cref="RecordFormatException">The blob ends before.</exception>
    public ReadOnlySpan<byte> ReadSpan(int count)
    {
        if ((uint)count > (uint)_rest.Length) ThrowTooShort(count, _rest.Length);
        ReadOnlySpan<byte> bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    /// <summary>Reads bytes with their length (i32) in front.</summary>
    /// <returns>The bytes inside the blob.</returns>
    /// <exception cref="RecordFormatException">The blob ends before, or the length is negative.</exception>
    public ReadOnlySpan<byte> ReadBytes() => ReadSpan(Read<int>());

    /// <summary>Reads UTF-8 with its length in bytes (i32) in front.</summary>
    /// <returns>The string.</returns>
    /// <exception cref="RecordFormatException">The blob ends before, or the bytes are not UTF-8.</exception>
    public string ReadString()
    {
        try
        {
            return StrictUtf8.GetString(ReadBytes());
        }
        catch (DecoderFallbackException e)
        {
            throw new RecordFormatException("A string in the state is not valid UTF-8.", e);
        }
    }

    /// <summary>Reads a count of things that follow.</summary>
    /// <param name="minimumSize">Bytes that each takes at least.</param>
    /// <returns>The count; so many can be there.</returns>
    /// <exception cref="RecordFormatException">The count is negative, or so many do not fit.</exception>
    public int ReadCount(int minimumSize)
    {
        int count = Read<int>();
        if (count < 0 || (long)count * minimumSize > _rest.Length)
            throw new RecordFormatException($"The state claims {count} entries, which do not fit into the {_rest.Length} bytes that are left.");
        return count;
    }

    /// <summary>Refuses bytes that nobody reads.</summary>
    /// <exception cref="RecordFormatException">There are more bytes.</exception>
    public readonly void End()
    {
        if (!_rest.IsEmpty) throw new RecordFormatException($"The state has {_rest.Length} bytes behind its end: it was written in another format.");
    }

    [DoesNotReturn]
    private static void ThrowTooShort(int expected, int actual) =>
        throw new RecordFormatException($"The state needs {expected} bytes, but only {actual} are left.");
}
