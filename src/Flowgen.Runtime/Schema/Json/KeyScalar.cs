using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>The parts of a key, between key bytes and .NET, in the types of <see cref="JsonScalar"/>.</summary>
internal static class KeyScalar
{
    /// <summary>Bytes of a part in a key; 0 where it varies.</summary>
    public static int Length(MemberType type) => PayloadScalar.Integer(type).Kind switch
    {
        MemberKind.String or MemberKind.Bytes => 0,
        MemberKind.Guid => 36,
        MemberKind.DateTime or MemberKind.DateTimeOffset => 8,
        _ => type.FixedSize,
    };

    public static object Read(MemberType type, ReadOnlySpan<byte> key) => PayloadScalar.Integer(type).Kind switch
    {
        MemberKind.Bool => BooleanKey.ReadKey(key),
        MemberKind.Byte => (long)ByteKey.ReadKey(key),
        MemberKind.SByte => (long)SByteKey.ReadKey(key),
        MemberKind.Int16 => (long)Int16Key.ReadKey(key),
        MemberKind.UInt16 => (long)UInt16Key.ReadKey(key),
        MemberKind.Int32 => (long)Int32Key.ReadKey(key),
        MemberKind.UInt32 => (long)UInt32Key.ReadKey(key),
        MemberKind.Int64 => Int64Key.ReadKey(key),
        MemberKind.UInt64 => UInt64Key.ReadKey(key),
        MemberKind.Decimal => DecimalKey.ReadKey(key),
        MemberKind.Char => CharKey.ReadKey(key),
        MemberKind.DateTime => DateTimeKey.ReadKey(key),
        MemberKind.DateTimeOffset => DateTimeOffsetKey.ReadKey(key),
        MemberKind.DateOnly => DateOnlyKey.ReadKey(key),
        MemberKind.TimeSpan => TimeSpanKey.ReadKey(key),
        MemberKind.Guid => GuidKey.ReadKey(key),
        MemberKind.String => StringKey.ReadKey(key),
        MemberKind.Bytes => key.ToArray(),
        _ => throw NoKey(type),
    };

    public static void Write(MemberType type, object value, ByteBuffer to)
    {
        switch (value)
        {
            case bool truth: BooleanKey.WriteKey(truth, to); break;
            case long number: WriteInteger(PayloadScalar.Integer(type).FixedSize, number, to); break;
            case ulong number: UInt64Key.WriteKey(number, to); break;
            case decimal number: DecimalKey.WriteKey(number, to); break;
            case char character: CharKey.WriteKey(character, to); break;
            case DateTime time: DateTimeKey.WriteKey(time, to); break;
            case DateTimeOffset time: DateTimeOffsetKey.WriteKey(time, to); break;
            case DateOnly date: DateOnlyKey.WriteKey(date, to); break;
            case TimeSpan span: TimeSpanKey.WriteKey(span, to); break;
            case Guid guid: GuidKey.WriteKey(guid, to); break;
            case string text: StringKey.WriteKey(text, to); break;
            case byte[] bytes: to.Write(bytes); break;
            default: throw NoKey(type);
        }
    }

    private static void WriteInteger(int size, long number, ByteBuffer to)
    {
        switch (size)
        {
            case 1: to.WriteByte((byte)number); break;
            case 2: to.WriteInt16BigEndian((short)number); break;
            case 4: to.WriteInt32BigEndian((int)number); break;
            default: to.WriteInt64BigEndian(number); break;
        }
    }

    private static RecordFormatException NoKey(MemberType type) => new($"A value of type {type} cannot be part of a key.");
}
