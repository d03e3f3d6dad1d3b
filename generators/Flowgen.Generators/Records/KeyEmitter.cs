using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Records;

/// <summary>Writes the code of keys: of a record in its codec, and the codecs of enum and tuple keys.</summary>
internal static class KeyEmitter
{
    /// <summary>Writes <c>EventTime</c>, <c>PartitionHash</c> and <c>WriteKey</c> of a record.</summary>
    public static void WriteRecordKey(RecordModel record, SourceWriter writer, TypeNames names)
    {
        string type = names.Of(record.Type);
        WriteEventTime(record, writer, type);
        writer.Line();
        if (record.Key is not { } key)
        {
            string message = $"throw new InvalidOperationException({Code.Literal($"'{record.Type.ShortName}' has no key.")});";
            writer.Line($"public static int PartitionHash(in {type} record) => {message}");
            writer.Line();
            writer.Line($"public static void WriteKey(in {type} record, ByteBuffer to) => {message}");
            return;
        }

        IReadOnlyList<string> values = [.. key.Members.Select(m => $"record.{m}")];
        if (key.Key.Parts.Count == 1)
        {
            string codec = TypeNames.Runtime(key.Key.Parts[0].Codec), value = PartValue(key.Key.Parts[0], values[0], names);
            writer.Line($"public static int PartitionHash(in {type} record) => {codec}.PartitionHash({value});");
            writer.Line();
            writer.Line($"public static void WriteKey(in {type} record, ByteBuffer to) => {codec}.WriteKey({value}, to);");
            return;
        }

        using (writer.WriteBlock($"public static int PartitionHash(in {type} record)"))
        {
            writer.Line("ByteBuffer key = KeyScratch.Rent();");
            writer.Line("WriteKey(in record, key);");
            writer.Line("return Murmur2.Hash(key.Written);");
        }

        writer.Line();
        using (writer.WriteBlock($"public static void WriteKey(in {type} record, ByteBuffer to)"))
            WriteParts(key.Key, values, writer, names);
    }

    /// <summary>Writes the codec of an enum or tuple key as a nested struct.</summary>
    public static void WriteCodec(KeyModel key, string name, SourceWriter writer, TypeNames names)
    {
        string type = names.Of(key.Type);
        writer.Line($"// How keys ({key.Description}) are hashed, compared and written.");
        using (writer.WriteBlock($"private readonly struct {name} : IKeyCodec<{type}>"))
        {
            bool isTuple = key.Parts.Count > 1;
            string[] parts = [.. key.Parts.Select(p => isTuple ? $"key.{p.Name}" : "key")];
            string Each(string call, string separator, Func<KeyPartModel, string, string> argument) =>
                string.Join(separator, key.Parts.Select((p, i) => $"{Codec(p)}.{call}({argument(p, parts[i])})"));

            string hash = key.Parts.Skip(1).Select((p, i) => $"{Codec(p)}.Hash({PartValue(p, parts[i + 1], names)})")
                .Aggregate($"{Codec(key.Parts[0])}.Hash({PartValue(key.Parts[0], parts[0], names)})", (left, right) => $"KeyHash.Combine({left}, {right})");
            writer.Line($"public static ulong Hash({type} key) => {hash};");
            writer.Line();
            string equal = string.Join(" && ", key.Parts.Select(p => isTuple
                ? $"{Codec(p)}.Equals({PartValue(p, "left." + p.Name, names)}, {PartValue(p, "right." + p.Name, names)})"
                : $"{Codec(p)}.Equals({PartValue(p, "left", names)}, {PartValue(p, "right", names)})"));
            writer.Line($"public static bool Equals({type} left, {type} right) => {equal};");
            writer.Line();
            writer.Line($"public static {type} Own({type} key) => {(key.Parts.Any(p => p.Kind == WireKind.Text) ? Tuple(key, Each("Own", ", ", (p, v) => PartValue(p, v, names)), isTuple) : "key")};");
            writer.Line();
            WritePartitionHash(type, writer, isTuple, key, names);
            writer.Line();
            using (writer.WriteBlock($"public static void WriteKey({type} key, ByteBuffer to)")) WriteParts(key, parts, writer, names);
            writer.Line();
            using (writer.WriteBlock($"public static {type} ReadKey(ReadOnlySpan<byte> keyBytes)")) WriteReadKey(key, writer, names, isTuple);
            writer.Line();
            using (writer.WriteBlock($"public static void Write({type} key, ByteBuffer to)"))
                for (int i = 0; i < parts.Length; i++) writer.Line($"{Codec(key.Parts[i])}.Write({PartValue(key.Parts[i], parts[i], names)}, to);");
            writer.Line();
            string read = string.Join(", ", key.Parts.Select(p => FromPart(p, $"{Codec(p)}.Read(ref reader)", names)));
            writer.Line($"public static {type} Read(ref StateReader reader) => {(isTuple ? $"({read})" : read)};");
        }
    }

    private static void WritePartitionHash(string type, SourceWriter writer, bool isTuple, KeyModel key, TypeNames names)
    {
        if (!isTuple)
        {
            writer.Line($"public static int PartitionHash({type} key) => {Codec(key.Parts[0])}.PartitionHash({PartValue(key.Parts[0], "key", names)});");
            return;
        }

        using (writer.WriteBlock($"public static int PartitionHash({type} key)"))
        {
            writer.Line("ByteBuffer bytes = KeyScratch.Rent();");
            writer.Line("WriteKey(key, bytes);");
            writer.Line("return Murmur2.Hash(bytes.Written);");
        }
    }

    private static void WriteParts(KeyModel key, IReadOnlyList<string> values, SourceWriter writer, TypeNames names)
    {
        for (int i = 0; i < key.Parts.Count; i++)
        {
            KeyPartModel part = key.Parts[i];
            string write = $"{Codec(part)}.WriteKey({PartValue(part, values[i], names)}, to);";
            if (i == key.Parts.Count - 1 || FixedLength(part) > 0)
            {
                writer.Line(write);
                continue;
            }

            string start = Code.Camel(part.Name) + "At";
            writer.Line($"int {start} = KeyBytes.BeginPart(to);");
            writer.Line(write);
            writer.Line($"KeyBytes.EndPart(to, {start});");
        }
    }

    private static void WriteReadKey(KeyModel key, SourceWriter writer, TypeNames names, bool isTuple)
    {
        if (!isTuple)
        {
            writer.Line($"return {FromPart(key.Parts[0], $"{Codec(key.Parts[0])}.ReadKey(keyBytes)", names)};");
            return;
        }

        for (int i = 0; i < key.Parts.Count; i++)
        {
            KeyPartModel part = key.Parts[i];
            string bytes = i == key.Parts.Count - 1 ? "keyBytes"
                : FixedLength(part) is var length and > 0 ? $"KeyBytes.Take(ref keyBytes, {length})"
                : "KeyBytes.TakePart(ref keyBytes)";
            writer.Line($"{names.Of(part.Type)} part{i} = {FromPart(part, $"{Codec(part)}.ReadKey({bytes})", names)};");
        }

        writer.Line($"return ({string.Join(", ", key.Parts.Select((_, i) => $"part{i}"))});");
    }

    private static void WriteEventTime(RecordModel record, SourceWriter writer, string type)
    {
        if (record.EventTime is not { } time)
        {
            writer.Line($"public static long EventTime(in {type} record) => throw new InvalidOperationException({Code.Literal($"'{record.Type.ShortName}' has no [EventTime].")});");
            return;
        }

        writer.Line($"public static long EventTime(in {type} record) => {time.Expression("record")};");
    }

    private static string Tuple(KeyModel key, string values, bool isTuple) => isTuple ? $"({values})" : values;

    private static string Codec(KeyPartModel part) => TypeNames.Runtime(part.Codec);

    private static string PartValue(KeyPartModel part, string value, TypeNames names) =>
        part.Underlying is { } underlying ? $"({Keyword(underlying)}){value}" : value;

    private static string FromPart(KeyPartModel part, string value, TypeNames names) =>
        part.Underlying is null ? value : $"({names.Of(part.Type)}){value}";

    private static string Keyword(WireKind kind) => kind switch
    {
        WireKind.Byte => "byte",
        WireKind.SByte => "sbyte",
        WireKind.Int16 => "short",
        WireKind.UInt16 => "ushort",
        WireKind.UInt32 => "uint",
        WireKind.Int64 => "long",
        WireKind.UInt64 => "ulong",
        _ => "int",
    };

    // Length of the key bytes; 0 where it varies.
    private static int FixedLength(KeyPartModel part) => (part.Underlying ?? part.Kind) switch
    {
        WireKind.Boolean or WireKind.Byte or WireKind.SByte => 1,
        WireKind.Char or WireKind.Int16 or WireKind.UInt16 => 2,
        WireKind.Int32 or WireKind.UInt32 or WireKind.DateOnly => 4,
        WireKind.Int64 or WireKind.UInt64 or WireKind.DateTime or WireKind.DateTimeOffset or WireKind.TimeSpan => 8,
        WireKind.Decimal => 16,
        WireKind.Guid => 36,
        _ => 0,
    };
}
