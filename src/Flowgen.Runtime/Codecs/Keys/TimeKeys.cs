using System.ComponentModel;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Keys of type <see cref="DateTimeOffset"/>: Unix milliseconds, big-endian. Times within one millisecond, at whatever offset, are one key.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeOffsetKey : IKeyCodec<DateTimeOffset>
{
    /// <inheritdoc/>
    public static ulong Hash(DateTimeOffset key) => (ulong)key.ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public static bool Equals(DateTimeOffset left, DateTimeOffset right) => left.ToUnixTimeMilliseconds() == right.ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public static DateTimeOffset Own(DateTimeOffset key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(DateTimeOffset key) => Int64Key.PartitionHash(key.ToUnixTimeMilliseconds());

    /// <inheritdoc/>
    public static void WriteKey(DateTimeOffset key, ByteBuffer to) => to.WriteInt64BigEndian(key.ToUnixTimeMilliseconds());

    /// <inheritdoc/>
    public static DateTimeOffset ReadKey(ReadOnlySpan<byte> keyBytes) => KeyBytes.ReadTime(Int64Key.ReadKey(keyBytes));

    /// <inheritdoc/>
    public static void Write(DateTimeOffset key, ByteBuffer to) => StateWriter.Write(to, new PackedDateTimeOffset(key));

    /// <inheritdoc/>
    public static DateTimeOffset Read(ref StateReader reader) => reader.Read<PackedDateTimeOffset>().Value("key");
}

/// <summary>Keys of type <see cref="DateTime"/>: Unix milliseconds, big-endian; a time of unspecified kind counts as UTC.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeKey : IKeyCodec<DateTime>
{
    /// <inheritdoc/>
    public static ulong Hash(DateTime key) => (ulong)KeyBytes.Milliseconds(key);

    /// <inheritdoc/>
    public static bool Equals(DateTime left, DateTime right) => KeyBytes.Milliseconds(left) == KeyBytes.Milliseconds(right);

    /// <inheritdoc/>
    public static DateTime Own(DateTime key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(DateTime key) => Int64Key.PartitionHash(KeyBytes.Milliseconds(key));

    /// <inheritdoc/>
    public static void WriteKey(DateTime key, ByteBuffer to) => to.WriteInt64BigEndian(KeyBytes.Milliseconds(key));

    /// <inheritdoc/>
    public static DateTime ReadKey(ReadOnlySpan<byte> keyBytes) => KeyBytes.ReadTime(Int64Key.ReadKey(keyBytes)).UtcDateTime;

    /// <inheritdoc/>
    public static void Write(DateTime key, ByteBuffer to) => StateWriter.Write(to, new PackedDateTime(key));

    /// <inheritdoc/>
    public static DateTime Read(ref StateReader reader) => reader.Read<PackedDateTime>().Value("key");
}

/// <summary>Keys of type <see cref="DateOnly"/>: days since 0001-01-01 as 4 bytes, big-endian.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateOnlyKey : IKeyCodec<DateOnly>
{
    /// <inheritdoc/>
    public static ulong Hash(DateOnly key) => (ulong)key.DayNumber;

    /// <inheritdoc/>
    public static bool Equals(DateOnly left, DateOnly right) => left == right;

    /// <inheritdoc/>
    public static DateOnly Own(DateOnly key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(DateOnly key) => Int32Key.PartitionHash(key.DayNumber);

    /// <inheritdoc/>
    public static void WriteKey(DateOnly key, ByteBuffer to) => to.WriteInt32BigEndian(key.DayNumber);

    /// <inheritdoc/>
    public static DateOnly ReadKey(ReadOnlySpan<byte> keyBytes) => KeyBytes.ReadDay(Int32Key.ReadKey(keyBytes));

    /// <inheritdoc/>
    public static void Write(DateOnly key, ByteBuffer to) => to.WriteInt32(key.DayNumber);

    /// <inheritdoc/>
    public static DateOnly Read(ref StateReader reader) => KeyBytes.ReadDay(reader.Read<int>());
}

/// <summary>Keys of type <see cref="TimeSpan"/>: ticks as 8 bytes, big-endian.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TimeSpanKey : IKeyCodec<TimeSpan>
{
    /// <inheritdoc/>
    public static ulong Hash(TimeSpan key) => (ulong)key.Ticks;

    /// <inheritdoc/>
    public static bool Equals(TimeSpan left, TimeSpan right) => left == right;

    /// <inheritdoc/>
    public static TimeSpan Own(TimeSpan key) => key;

    /// <inheritdoc/>
    public static int PartitionHash(TimeSpan key) => Int64Key.PartitionHash(key.Ticks);

    /// <inheritdoc/>
    public static void WriteKey(TimeSpan key, ByteBuffer to) => to.WriteInt64BigEndian(key.Ticks);

    /// <inheritdoc/>
    public static TimeSpan ReadKey(ReadOnlySpan<byte> keyBytes) => new TimeSpan(Int64Key.ReadKey(keyBytes));

    /// <inheritdoc/>
    public static void Write(TimeSpan key, ByteBuffer to) => to.WriteInt64(key.Ticks);

    /// <inheritdoc/>
    public static TimeSpan Read(ref StateReader reader) => new TimeSpan(reader.Read<long>());
}
