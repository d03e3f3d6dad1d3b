using System.ComponentModel;
using System.Globalization;

namespace Flowgen.Runtime;

/// <summary>Describes enums in schemas; generated codecs call this once for each enum.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EnumSchema
{
    /// <summary>The type of an enum with its names.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <returns>The type.</returns>
    public static MemberType Of<TEnum>()
        where TEnum : struct, Enum
    {
        EnumName[] names = [.. Enum.GetNames<TEnum>().Zip(Enum.GetValues<TEnum>(), (name, value) => new EnumName(name, ToInt64(value)))];
        return MemberType.Enum(typeof(TEnum).Name, Underlying(Enum.GetUnderlyingType(typeof(TEnum))), names);
    }

    private static long ToInt64<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Enum.GetUnderlyingType(typeof(TEnum)) == typeof(ulong)
            ? unchecked((long)Convert.ToUInt64(value, CultureInfo.InvariantCulture))
            : Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static MemberType Underlying(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => MemberType.Byte,
        TypeCode.SByte => MemberType.SByte,
        TypeCode.Int16 => MemberType.Int16,
        TypeCode.UInt16 => MemberType.UInt16,
        TypeCode.UInt32 => MemberType.UInt32,
        TypeCode.Int64 => MemberType.Int64,
        TypeCode.UInt64 => MemberType.UInt64,
        _ => MemberType.Int32,
    };
}
