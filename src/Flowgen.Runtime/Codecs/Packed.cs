using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Flowgen.Runtime;

/// <summary>A bool in a fixed part: one byte, 0 or 1.</summary>
/// <param name="value">The value.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly struct PackedBool(bool value)
{
    private readonly byte _value = value ? (byte)1 : (byte)0;

    /// <summary>The value.</summary>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>The value.</returns>
    /// <exception cref="RecordFormatException">The byte is neither 0 nor 1.</exception>
    public bool Value(string member) =>
        _value <= 1 ? _value == 1 : throw new RecordFormatException($"Member '{member}' is the byte {_value}, which is neither false (0) nor true (1).");
}

/// <summary>A decimal in a fixed part: 16 bytes in the order of <see cref="decimal.GetBits(decimal)"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly struct PackedDecimal
{
    private readonly int _low, _middle, _high, _flags;

    /// <summary>Packs a decimal.</summary>
    /// <param name="value">The value.</param>
    public PackedDecimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        (_low, _middle, _high, _flags) = (bits[0], bits[1], bits[2], bits[3]);
    }

    /// <summary>The value.</summary>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>The value, with its scale.</returns>
    /// <exception cref="RecordFormatException">The bits are not a decimal.</exception>
    public decimal Value(string member)
    {
        int scale = (_flags >> 16) & 0xFF;
        if ((_flags & 0x7F00FFFF) != 0 || scale > 28)
            throw new RecordFormatException($"Member '{member}' has flags 0x{_flags:X8}, which are not those of a decimal.");
        return new decimal(_low, _middle, _high, _flags < 0, (byte)scale);
    }
}

/// <summary>A DateTimeOffset in a fixed part: UTC ticks and offset in minutes.</summary>
/// <param name="value">The value.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly struct PackedDateTimeOffset(DateTimeOffset value)
{
    private readonly long _utcTicks = value.UtcTicks;
    private readonly short _offsetMinutes = (short)value.TotalOffsetMinutes;

    /// <summary>The value.</summary>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>The value.</returns>
    /// <exception cref="RecordFormatException">The ticks or the offset are out of range.</exception>
    public DateTimeOffset Value(string member)
    {
        long local = _utcTicks + _offsetMinutes * TimeSpan.TicksPerMinute;
        bool valid = (ulong)_utcTicks <= (ulong)DateTime.MaxValue.Ticks
            && (ulong)local <= (ulong)DateTime.MaxValue.Ticks
            && _offsetMinutes is >= -14 * 60 and <= 14 * 60;
        if (!valid) throw new RecordFormatException($"Member '{member}' has {_utcTicks} ticks and an offset of {_offsetMinutes} minutes, which is not a DateTimeOffset.");
        return new DateTimeOffset(local, new TimeSpan(_offsetMinutes * TimeSpan.TicksPerMinute));
    }
}

/// <summary>A DateTime in a fixed part: ticks (UTC for local times) and kind.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly struct PackedDateTime
{
    private readonly long _ticks;
    private readonly byte _kind;

    /// <summary>Packs a DateTime; a local one becomes the same instant in UTC, because the reader may live in another zone.</summary>
    /// <param name="value">The value.</param>
    public PackedDateTime(DateTime value)
    {
        DateTime kept = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
        _ticks = kept.Ticks;
        _kind = (byte)kept.Kind;
    }

    /// <summary>The value.</summary>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>The value: UTC or unspecified.</returns>
    /// <exception cref="RecordFormatException">The ticks or the kind are out of range.</exception>
    public DateTime Value(string member)
    {
        if ((ulong)_ticks > (ulong)DateTime.MaxValue.Ticks || _kind > (byte)DateTimeKind.Utc)
            throw new RecordFormatException($"Member '{member}' has {_ticks} ticks of kind {_kind}, which is not a DateTime.");
        return new DateTime(_ticks, (DateTimeKind)_kind);
    }
}

/// <summary>A DateOnly in a fixed part: days since 0001-01-01.</summary>
/// <param name="value">The value.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly struct PackedDateOnly(DateOnly value)
{
    private readonly int _day = value.DayNumber;

    /// <summary>The value.</summary>
    /// <param name="member">Name of the member, for the message.</param>
    /// <returns>The value.</returns>
    /// <exception cref="RecordFormatException">The day is out of range.</exception>
    public DateOnly Value(string member) =>
        (uint)_day <= (uint)DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber(_day)
            : throw new RecordFormatException($"Member '{member}' is day {_day}, which is not a DateOnly.");
}
