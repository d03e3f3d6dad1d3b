using System.Text;

namespace Flowgen.Log;

/// <summary>A header of a record: a view, valid as long as the batch.</summary>
public readonly ref struct LogHeader
{
    internal LogHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool isNull)
    {
        NameUtf8 = name;
        Value = value;
        IsNull = isNull;
    }

    /// <summary>The name as UTF-8.</summary>
    public ReadOnlySpan<byte> NameUtf8 { get; }

    /// <summary>The name; a new string with each call.</summary>
    public string Name => Encoding.UTF8.GetString(NameUtf8);

    /// <summary>The value; empty if it is null.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Whether the value is null.</summary>
    public bool IsNull { get; }
}
