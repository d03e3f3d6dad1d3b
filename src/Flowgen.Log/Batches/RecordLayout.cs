using System.Collections.Immutable;

namespace Flowgen.Log;

/// <summary>How the values of a fixed batch are laid out: every value has the same length, and key and time lie at the same place in each.</summary>
/// <param name="Stride">Bytes of one value, 1 to 65,535.</param>
/// <param name="TimeOffset">Where the 8 bytes of the time lie in the value; -1 if the batch has a column of timestamps instead.</param>
/// <param name="TimeUnit">Unit of that time.</param>
/// <param name="KeyParts">Where the key lies; at most 4 parts, none for records without key.</param>
public sealed record RecordLayout(int Stride, int TimeOffset, LogTimeUnit TimeUnit, params ImmutableArray<KeyPart> KeyParts)
{
    /// <summary>Most parts that the key of a fixed batch can have.</summary>
    public const int MaxKeyParts = 4;

    /// <summary>Whether each batch has a column of timestamps.</summary>
    public bool HasTimestampColumn => TimeOffset < 0;

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentException">A part lies outside the value, or a number is out of its range.</exception>
    public void Validate()
    {
        if (Stride is < 1 or > ushort.MaxValue)
            throw new ArgumentException($"The stride of a fixed batch is 1 to {ushort.MaxValue} bytes, not {Stride}.");
        if (TimeOffset > short.MaxValue || TimeOffset < -1 || (TimeOffset >= 0 && TimeOffset + 8 > Stride))
            throw new ArgumentException($"A time of 8 bytes at {TimeOffset} does not lie in a value of {Stride} bytes.");
        if (KeyParts.IsDefault || KeyParts.Length > MaxKeyParts)
            throw new ArgumentException($"The key of a fixed batch has at most {MaxKeyParts} parts.");
        foreach (var part in KeyParts)
        {
            if (part.Length is < 1 or > 255 || part.Offset < 0 || part.Offset + part.Length > Stride)
                throw new ArgumentException($"A key part of {part.Length} bytes at {part.Offset} does not lie in a value of {Stride} bytes.");
        }
    }
}
