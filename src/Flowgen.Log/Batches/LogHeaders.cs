using System.Buffers.Binary;
using System.Text;

namespace Flowgen.Log;

/// <summary>The headers of a record: a view, valid as long as the batch. Enumerate it, or look one up by name.</summary>
public readonly ref struct LogHeaders
{
    private readonly ReadOnlySpan<byte> _bytes;

    internal LogHeaders(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Number of headers.</summary>
    /// <exception cref="LogCorruptionException">The headers do not fit into their record.</exception>
    public int Count => _bytes.Length switch
    {
        0 => 0,
        1 => throw Damaged(),
        _ => BinaryPrimitives.ReadUInt16LittleEndian(_bytes),
    };

    /// <summary>Walks over the headers.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(_bytes, Count);

    /// <summary>Finds the last header of a name; the last one counts, as with Kafka.</summary>
    /// <param name="name">The name, case-sensitive.</param>
    /// <param name="value">The value; empty if it is null.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(ReadOnlySpan<char> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (_bytes.IsEmpty)
            return false;
        bool found = false;
        Span<byte> utf8 = stackalloc byte[256];
        bool fits = Encoding.UTF8.TryGetBytes(name, utf8, out int length);
        ReadOnlySpan<byte> wanted = fits ? utf8[..length] : Encoding.UTF8.GetBytes(name.ToArray());
        foreach (var header in this)
        {
            if (!header.NameUtf8.SequenceEqual(wanted))
                continue;
            value = header.Value;
            found = true;
        }

        return found;
    }

    private static LogCorruptionException Damaged() =>
        new("The headers of a record do not fit into the record, although the CRC of its batch is right. The batch was written by a defective program.");

    /// <summary>Walks over the headers of a record.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;
        private int _left;

        internal Enumerator(ReadOnlySpan<byte> bytes, int count)
        {
            _rest = count == 0 ? default : bytes[2..];
            _left = count;
            Current = default;
        }

        /// <summary>The header reached.</summary>
        public LogHeader Current { get; private set; }

        /// <summary>Goes on to the next header.</summary>
        /// <returns>Whether there is one.</returns>
        /// <exception cref="LogCorruptionException">The headers do not fit into their record.</exception>
        public bool MoveNext()
        {
            if (_left == 0)
                return false;
            int nameLength = _rest.Length >= 2 ? BinaryPrimitives.ReadUInt16LittleEndian(_rest) : int.MaxValue;
            if (nameLength > _rest.Length - 6)
                throw Damaged();
            var name = _rest.Slice(2, nameLength);
            int valueLength = BinaryPrimitives.ReadInt32LittleEndian(_rest[(2 + nameLength)..]);
            var rest = _rest[(6 + nameLength)..];
            if (valueLength < -1 || valueLength > rest.Length)
                throw Damaged();
            Current = new LogHeader(name, rest[..Math.Max(valueLength, 0)], valueLength < 0);
            _rest = rest[Math.Max(valueLength, 0)..];
            _left--;
            return true;
        }
    }
}
