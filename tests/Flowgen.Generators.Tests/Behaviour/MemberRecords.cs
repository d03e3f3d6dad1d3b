using System.Collections.Immutable;

namespace Flowgen.Generators.Tests.Behaviour;

public enum Color : byte
{
    Red = 1,
    Green = 2,
}

public readonly record struct Point(double X, double Y);

public readonly record struct Person(int Id, string Name, Point? Home);

[Stream]
public readonly record struct Numbers(
    bool Bool, byte Byte, sbyte SByte, char Char, short Int16, ushort UInt16, int Int32, uint UInt32, long Int64, ulong UInt64, float Single, double Double, decimal Decimal);

[Stream]
public readonly record struct Values(
    DateTimeOffset Offset, DateTime Utc, DateOnly Day, TimeSpan Span, Guid Id, Color Color, string Name, Text Word, byte[] Bytes, ReadOnlyMemory<byte> Memory, Point Point, Person Person);

[Stream]
public readonly record struct Nullables(
    bool? Bool, int? Int32, decimal? Decimal, DateTimeOffset? Offset, DateTime? Utc, DateOnly? Day, Guid? Id, Color? Color, string? Name, Text? Word, byte[]? Bytes, ReadOnlyMemory<byte>? Memory, Point? Point, Person? Person,
    ImmutableArray<int>? Numbers);

[Stream]
public readonly record struct Lists(
    int[] Numbers, bool[] Flags, string[] Names, decimal?[] Prices, string?[] Notes, Color[] Colors, ImmutableArray<DateTimeOffset> Times, ImmutableArray<Point> Points, Person[] People, int[][] Rows, Text[] Words, Guid[] Ids);

[Stream]
public sealed record Note
{
    public required string Title { get; init; }

    public int Stars { get; init; }

    public string? Body { get; init; }
}

[Stream]
public readonly record struct Nothing([Header("trace")] string Trace);

[Stream]
public readonly record struct Measured(
    [Key] int Sensor, float Value, [EventTime(Unit = TimeUnit.Microseconds)] long At);
