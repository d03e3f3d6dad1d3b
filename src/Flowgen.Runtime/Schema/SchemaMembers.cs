using System.Buffers.Binary;
using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>Walks over the members of a payload by the schema with which it was written, in the order of the bytes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct SchemaMembers
{
    private readonly RecordSchema _schema;
    private readonly byte[] _buffer;
    private readonly StringPool _strings;
    private readonly int _start;
    private readonly int _end;
    private readonly int _depth;
    private int _index;
    private int _nullable;
    private int _fixedAt;
    private int _tailAt;

    /// <summary>Walks over a payload.</summary>
    /// <param name="reader">At the start of the payload.</param>
    /// <param name="schema">The schema with which it was written.</param>
    /// <exception cref="RecordFormatException">The payload is shorter than the fixed part of the schema.</exception>
    public SchemaMembers(scoped in RecordReader reader, RecordSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (reader.Remaining < schema.FixedSize) RecordReader.Throw.TooShort(schema.Name, reader.Remaining, schema.FixedSize);
        _schema = schema;
        _buffer = reader.Buffer;
        _strings = reader.Strings;
        _start = reader.Position;
        _end = _start + reader.Remaining;
        _depth = reader.Depth;
        _index = -1;
        _fixedAt = _start + schema.NullBytes;
        _tailAt = _start + schema.FixedSize;
    }

    /// <summary>The member.</summary>
    public readonly RecordMember Member => _schema.Payload[_index];

    /// <summary>The wire number of the member.</summary>
    public readonly int Number => Member.Number;

    /// <summary>The value of the member.</summary>
    public SchemaValue Current { get; private set; }

    /// <summary>Goes to the next member.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="RecordFormatException">A length does not fit, or there are bytes behind the last member.</exception>
    public bool MoveNext()
    {
        if (++_index >= _schema.Payload.Length)
        {
            if (_tailAt != _end) RecordReader.Throw.TooLong(_schema.Name, _end - _tailAt);
            return false;
        }

        RecordMember member = Member;
        bool isNull = member.IsNullable && !IsPresent(_nullable++);
        int start = _fixedAt;
        int length = member.Type.FixedSize;
        _fixedAt += member.Type.IsFixed ? length : sizeof(int);
        if (!member.Type.IsFixed) (start, length) = TakeTail(start, member);
        Current = new SchemaValue(member.Type, member.Name, isNull, new RecordReader(_buffer, start, length, _strings, _depth));
        return true;
    }

    private readonly bool IsPresent(int bit) => (_buffer[_start + (bit >> 3)] >> (bit & 7) & 1) != 0;

    private (int Start, int Length) TakeTail(int lengthAt, RecordMember member)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(lengthAt));
        if ((uint)length > (uint)(_end - _tailAt)) RecordReader.Throw.Length(member.Name, length, _end - _tailAt);
        int start = _tailAt;
        _tailAt += length;
        return (start, length);
    }
}
