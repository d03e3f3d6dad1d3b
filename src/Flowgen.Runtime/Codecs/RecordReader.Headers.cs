using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Members that are kept in headers: text as UTF-8, numbers and Guids as invariant text, bytes as they are.</summary>
public ref partial struct RecordReader
{
    /// <summary>Finds a header; with several of one name, the last.</summary>
    /// <param name="name">Name of the header.</param>
    /// <param name="value">Its bytes.</param>
    /// <returns>Whether the record has it, with a value.</returns>
    public readonly bool TryGetHeader(string name, out ReadOnlySpan<byte> value)
    {
        value = default;
        bool found = false;
        Span<byte> utf8 = stackalloc byte[256];
        ReadOnlySpan<byte> wanted = Encoding.UTF8.TryGetBytes(name, utf8, out int length) ? utf8[..length] : Encoding.UTF8.GetBytes(name);
        foreach (LogHeader header in _headers)
        {
            if (!header.NameUtf8.SequenceEqual(wanted)) continue;
            found = !header.IsNull;
            value = header.Value;
        }

        return found;
    }

    /// <summary>Reads a header as a string.</summary>
    /// <param name="name">Name of the header.</param>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>The string, or null where the record has no such header.</returns>
    /// <exception cref="RecordFormatException">The bytes are not UTF-8.</exception>
    public readonly string? HeaderString(string name, string member)
    {
        if (!TryGetHeader(name, out ReadOnlySpan<byte> value)) return null;
        return _strings.TryGet(value, out string? text) ? text : Throw.NotUtf8(member);
    }

    /// <summary>Reads a header as text with bytes of its own.</summary>
    /// <param name="name">Name of the header.</param>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>The text, or null where the record has no such header.</returns>
    /// <exception cref="RecordFormatException">The bytes are not UTF-8.</exception>
    public readonly Text? HeaderText(string name, string member)
    {
        if (!TryGetHeader(name, out ReadOnlySpan<byte> value)) return null;
        if (!Utf8.IsValid(value)) Throw.NotUtf8(member);
        return Text.FromUtf8(value);
    }

    /// <summary>Reads a header as bytes of its own.</summary>
    /// <param name="name">Name of the header.</param>
    /// <returns>The bytes, or null where the record has no such header.</returns>
    public readonly byte[]? HeaderBytes(string name) =>
        TryGetHeader(name, out ReadOnlySpan<byte> value) ? value.ToArray() : null;

    /// <summary>Reads a header as a number or Guid.</summary>
    /// <typeparam name="T">The type of the member.</typeparam>
    /// <param name="name">Name of the header.</param>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>The value, or null where the record has no such header.</returns>
    /// <exception cref="RecordFormatException">The text of the header is not such a value.</exception>
    public readonly T? HeaderValue<T>(string name, string member)
        where T : struct, IUtf8SpanParsable<T>
    {
        if (!TryGetHeader(name, out ReadOnlySpan<byte> bytes)) return null;
        if (T.TryParse(bytes, CultureInfo.InvariantCulture, out T value)) return value;
        return NotParsable<T>(name, member);
    }

    [DoesNotReturn]
    private static T? NotParsable<T>(string name, string member)
        where T : struct =>
        throw new RecordFormatException($"Header '{name}' of member '{member}' is not a {typeof(T).Name}.");
}
