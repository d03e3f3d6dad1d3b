using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Records;

/// <summary>Writes the description of a record's shape that is stored with its topic.</summary>
internal static class SchemaEmitter
{
    // Members that are computed are not in the payload; their numbers come from the end, where no [Field] gets.
    private const int LastNumber = 65_535;

    /// <summary>Writes the property <c>Schema</c>.</summary>
    public static void Write(RecordModel record, SourceWriter writer)
    {
        List<string> members = [.. record.Shape.Members.Select(m => Member(m, record.EventTime))];
        members.AddRange(Computed(record));
        writer.Line($"public static RecordSchema Schema {{ get; }} = new({Code.Literal(record.Type.Name)}{(members.Count == 0 ? ");" : ",")}");
        using (writer.Indent())
            for (int i = 0; i < members.Count; i++) writer.Line(members[i] + (i < members.Count - 1 ? "," : ");"));
    }

    private static string Member(MemberModel member, EventTimeModel? eventTime)
    {
        List<string> settings = [$"JsonName = {Code.Literal(member.JsonName)}"];
        if (member.Wire.IsNullable) settings.Add("IsNullable = true");
        if (member.KeyOrder >= 0) settings.Add($"KeyOrder = {member.KeyOrder}");
        if (member.IsEventTime) settings.Add($"EventTime = TimeUnit.{eventTime?.Unit ?? "Milliseconds"}");
        if (member.Header is not null) settings.Add($"Header = {Code.Literal(member.Header)}");
        if (member.IsSensitive) settings.Add("IsSensitive = true");
        return $"new RecordMember({member.Number}, {Code.Literal(member.Name)}, {Type(member.Wire)}) {{ {string.Join(", ", settings)} }}";
    }

    private static IEnumerable<string> Computed(RecordModel record)
    {
        int number = LastNumber;
        for (int i = 0; i < (record.Key?.Members.Count ?? 0); i++)
        {
            string name = record.Key!.Members[i];
            if (record.Shape.Members.Any(m => m.Name == name)) continue;
            yield return $"new RecordMember({number--}, {Code.Literal(name)}, {Type(record.Key.Key.Parts[i])}) {{ KeyOrder = {i}, IsComputed = true }}";
        }

        if (record.EventTime is { } time && record.Shape.Members.All(m => m.Name != time.Member))
            yield return $"new RecordMember({number}, {Code.Literal(time.Member)}, MemberType.{time.Kind}) {{ EventTime = TimeUnit.{time.Unit}, IsComputed = true }}";
    }

    private static string Type(WireType wire) => wire.Kind switch
    {
        WireKind.Boolean => "MemberType.Bool",
        WireKind.Text => "MemberType.String",
        WireKind.Memory => "MemberType.Bytes",
        WireKind.Enum => $"EnumSchema.Of<{wire.Type.FullName}>()",
        WireKind.Array or WireKind.ImmutableArray => $"MemberType.Array({Type(wire.Element!)}{(wire.Element!.IsNullable ? ", nullableElements: true" : "")})",
        WireKind.Nested => $"MemberType.Struct(new RecordSchema({Code.Literal(wire.Type.Name)}{string.Concat(wire.Nested!.Members.Select(m => ", " + Member(m, null)))}))",
        _ => $"MemberType.{wire.Kind}",
    };

    private static string Type(KeyPartModel part) => part.Kind switch
    {
        WireKind.Boolean => "MemberType.Bool",
        WireKind.Text => "MemberType.String",
        WireKind.Memory => "MemberType.Bytes",
        WireKind.Enum => $"EnumSchema.Of<{part.Type.FullName}>()",
        _ => $"MemberType.{part.Kind}",
    };
}
