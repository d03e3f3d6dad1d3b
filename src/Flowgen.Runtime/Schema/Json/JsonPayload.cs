using System.Buffers.Binary;
using System.Text.Json;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Writes the payload of a record from an object of its members.</summary>
internal static class JsonPayload
{
    public static void Write(RecordSchema schema, JsonElement json, string path, ByteBuffer to)
    {
        RefuseUnknown(schema, json, path);
        int start = to.Length;
        to.WriteZeros(schema.FixedSize);
        int fixedAt = start + schema.NullBytes;
        int nullable = 0;
        foreach (RecordMember member in schema.Payload)
        {
            int bit = member.IsNullable ? nullable++ : -1;
            if (TryFind(member, json, path, out JsonElement value))
            {
                WriteMember(member, value, Join(path, member), fixedAt, to);
                if (bit >= 0)
                    to.Array[start + (bit >> 3)] |= (byte)(1 << (bit & 7));
            }

            fixedAt += member.Type.IsFixed ? member.Type.FixedSize : sizeof(int);
        }
    }

    /// <summary>Finds the value of a member; false where it is null and may be.</summary>
    public static bool TryFind(RecordMember member, JsonElement json, string path, out JsonElement value)
    {
        bool found = json.TryGetProperty(member.JsonName, out value);
        if (found && value.ValueKind != JsonValueKind.Null)
            return true;
        if (member.IsNullable)
            return false;
        throw new RecordFormatException($"'{Join(path, member)}' {(found ? "must not be null" : "is missing")}: expected {JsonScalar.Expected(member.Type)}.");
    }

    // The value goes behind all others; one of fixed size is then moved to its place, one of variable length leaves its length there.
    private static void WriteMember(RecordMember member, JsonElement json, string path, int fixedAt, ByteBuffer to)
    {
        int tail = to.Length;
        WriteValue(member.Type, json, path, to);
        int length = to.Length - tail;
        if (!member.Type.IsFixed)
        {
            BinaryPrimitives.WriteInt32LittleEndian(to.Array.AsSpan(fixedAt), length);
            return;
        }

        to.Array.AsSpan(tail, length).CopyTo(to.Array.AsSpan(fixedAt));
        to.Truncate(tail);
    }

    private static void WriteValue(MemberType type, JsonElement json, string path, ByteBuffer to)
    {
        if (type.Record is not null)
            Write(type.Record, json.ValueKind == JsonValueKind.Object ? json : throw JsonScalar.Misfit(type, json, path), path, to);
        else if (type.Kind == MemberKind.Array)
            WriteArray(type, json.ValueKind == JsonValueKind.Array ? json : throw JsonScalar.Misfit(type, json, path), path, to);
        else
            PayloadScalar.Write(type, JsonScalar.Read(type, json, path), to);
    }

    private static void WriteArray(MemberType array, JsonElement json, string path, ByteBuffer to)
    {
        to.WriteInt32(json.GetArrayLength());
        int index = 0;
        foreach (JsonElement element in json.EnumerateArray())
            WriteElement(array, element, $"{path}[{index++}]", to);
    }

    private static void WriteElement(MemberType array, JsonElement json, string path, ByteBuffer to)
    {
        if (array.HasNullableElements)
        {
            bool isNull = json.ValueKind == JsonValueKind.Null;
            to.WriteByte(isNull ? (byte)0 : (byte)1);
            if (isNull)
                return;
        }

        int lengthAt = to.Length;
        if (!array.Element!.IsFixed)
            to.WriteInt32(0);
        int start = to.Length;
        WriteValue(array.Element, json, path, to);
        if (!array.Element.IsFixed)
            BinaryPrimitives.WriteInt32LittleEndian(to.Array.AsSpan(lengthAt), to.Length - start);
    }

    private static void RefuseUnknown(RecordSchema schema, JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw JsonScalar.Misfit(MemberType.Struct(schema), json, path.Length == 0 ? "value" : path);
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!schema.Members.Any(member => member.JsonName == property.Name))
                throw new RecordFormatException($"'{(path.Length == 0 ? "" : path + ".")}{property.Name}' is no member of '{schema.Name}', which has {string.Join(", ", schema.Members.Select(member => member.JsonName))}.");
        }
    }

    private static string Join(string path, RecordMember member) => path.Length == 0 ? member.JsonName : $"{path}.{member.JsonName}";
}
