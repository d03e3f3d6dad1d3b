using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Flowgen.Runtime;

/// <summary>Members that are kept in headers: text as UTF-8, bytes as they are, everything else as invariant text.</summary>
internal static class HeaderScalar
{
    public static byte[] ToBytes(object value) => value switch
    {
        byte[] bytes => bytes,
        _ => Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    public static void WriteJson(Utf8JsonWriter json, MemberType type, ReadOnlySpan<byte> header)
    {
        if (type.Kind == MemberKind.Bytes)
            json.WriteBase64StringValue(header);
        else if (IsNumber(type) && decimal.TryParse(header, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(Encoding.UTF8.GetString(header));
    }

    private static bool IsNumber(MemberType type) => type.Kind is >= MemberKind.Byte and <= MemberKind.Decimal;
}
