using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>The elements of an array that was written with another schema.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct SchemaElements
{
    private readonly MemberType _array;
    private readonly string _member;
    private RecordReader _bytes;
    private int _next;

    internal SchemaElements(RecordReader bytes, MemberType array, string member)
    {
        _array = array;
        _member = member;
        int minimum = array.HasNullableElements ? 1 : array.Element!.IsFixed ? array.Element.FixedSize : sizeof(int);
        _bytes = bytes.Elements(bytes.Remaining, minimum, member, out int count);
        Count = count;
    }

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <summary>The element.</summary>
    public SchemaValue Current { get; private set; }

    /// <summary>For <c>foreach</c>.</summary>
    /// <returns>This.</returns>
    public readonly SchemaElements GetEnumerator() => this;

    /// <summary>Goes to the next element.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="RecordFormatException">A length does not fit, or there are bytes behind the last element.</exception>
    public bool MoveNext()
    {
        if (_next == Count)
        {
            _bytes.End(_member);
            return false;
        }

        _next++;
        MemberType element = _array.Element!;
        if (_array.HasNullableElements && !_bytes.Read<PackedBool>(_member).Value(_member))
        {
            Current = new SchemaValue(element, _member, true, default);
            return true;
        }

        int length = element.IsFixed ? element.FixedSize : _bytes.Read<int>(_member);
        Current = new SchemaValue(element, _member, false, _bytes.Part(length, _member));
        return true;
    }
}
