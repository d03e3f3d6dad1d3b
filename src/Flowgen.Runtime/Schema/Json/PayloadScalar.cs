using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Values that are neither struct nor array, between payloads and .NET, in the types of <see cref="JsonScalar"/>.</summary>
internal static class PayloadScalar
{
    public static object Read(SchemaValue value) => Integer(value.Type).Kind switch
    {
        MemberKind.Bool => value.ToBool(),
        MemberKind.UInt64 => value.ToUInt64(),
        MemberKind.Single => value.ToSingle(),
        MemberKind.Double => value.ToDouble(),
        MemberKind.Decimal => value.ToDecimal(),
        MemberKind.Char => value.ToChar(),
        MemberKind.DateTime => value.ToDateTime(),
        MemberKind.DateTimeOffset => value.ToDateTimeOffset(),
        MemberKind.DateOnly => value.ToDateOnly(),
        MemberKind.TimeSpan => value.ToTimeSpan(),
        MemberKind.Guid => value.ToGuid(),
        MemberKind.String => value.ToText(),
        MemberKind.Bytes => value.ToBytes(),
        _ => value.ToInt64(),
    };

    public static void Write(MemberType type, object value, ByteBuffer to)
    {
        switch (value)
        {
            case bool truth: RecordWriter.WriteValue(to, new PackedBool(truth)); break;
            case long number: WriteInteger(Integer(type).FixedSize, number, to); break;
            case ulong number: to.WriteUInt64(number); break;
            case float number: to.WriteSingle(number); break;
            case double number: to.WriteDouble(number); break;
            case decimal number: RecordWriter.WriteValue(to, new PackedDecimal(number)); break;
            case char character: to.WriteUInt16(character); break;
            case DateTime time: RecordWriter.WriteValue(to, new PackedDateTime(time)); break;
            case DateTimeOffset time: RecordWriter.WriteValue(to, new PackedDateTimeOffset(time)); break;
            case DateOnly date: RecordWriter.WriteValue(to, new PackedDateOnly(date)); break;
            case TimeSpan span: to.WriteInt64(span.Ticks); break;
            case Guid guid: RecordWriter.WriteValue(to, in guid); break;
            case string text: to.WriteUtf8(text); break;
            case byte[] bytes: to.Write(bytes); break;
            default: throw new ArgumentException($"'{value.GetType()}' is no value of a record.", nameof(value));
        }
    }

    public static MemberType Integer(MemberType type) => type.Underlying ?? type;

    private static void WriteInteger(int size, long number, ByteBuffer to)
    {
        switch (size)
        {
            case 1: to.WriteByte((byte)number); break;
            case 2: to.WriteInt16((short)number); break;
            case 4: to.WriteInt32((int)number); break;
            default: to.WriteInt64(number); break;
        }
    }
}
