using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Records;

/// <summary>Writes how payloads of another version of a record are read: member by member, found by number.</summary>
internal static class EvolutionEmitter
{
    /// <summary>Writes <c>ReadEvolved</c> of a record and of the structs in it.</summary>
    public static void Write(RecordModel record, SourceWriter writer, TypeNames names)
    {
        ShapeNames shapes = new(record.Shape);
        writer.Line("// Written with another version of the record: members find each other by number.");
        using (writer.WriteBlock($"public static void ReadEvolved(ref RecordReader reader, SchemaMap map, out {names.Of(record.Type)} record)"))
            WriteBody(record.Shape, "record", writer, names, shapes);
        foreach (WireType nested in shapes.Nested)
        {
            writer.Line();
            string type = names.Of(nested.Type);
            using (writer.WriteBlock($"private static {type} Read{shapes[nested]}Evolved(RecordReader reader, SchemaMap map)"))
            {
                WriteBody(nested.Nested!, $"{type} record", writer, names, shapes);
                writer.Line("return record;");
            }
        }
    }

    private static void WriteBody(Shape shape, string target, SourceWriter writer, TypeNames names, ShapeNames shapes)
    {
        MemberModel[] payload = [.. ShapeEmitter.Payload(shape)];
        foreach (MemberModel member in payload)
            writer.Line($"{Wires.Declaration(member.Wire, names)} {Local(member)} = {Default(member)};");
        writer.Line("SchemaMembers members = new(in reader, map.Writer);");
        using (writer.WriteBlock("while (members.MoveNext())"))
        {
            writer.Line("SchemaValue value = members.Current;");
            using (writer.WriteBlock("switch (members.Number)"))
                foreach (MemberModel member in payload) WriteCase(member, writer, names, shapes);
        }

        writer.Line();
        new ShapeEmitter(writer, names, shapes).WriteNew(shape, target, m => m.Header is null ? Local(m) : HeaderEmitter.Read(m, "reader", names));
    }

    private static void WriteCase(MemberModel member, SourceWriter writer, TypeNames names, ShapeNames shapes)
    {
        writer.Line($"case {member.Number}:");
        using (writer.Indent())
        {
            string local = Local(member);
            if (member.Wire.Kind is WireKind.Array or WireKind.ImmutableArray)
                WriteArray(member.Wire, "value", local, member.Number, 0, writer, names, shapes);
            else
                writer.Line($"{local} = {OrNull(member.Wire, "value", member.Number, names, shapes)};");
            writer.Line("break;");
        }
    }

    private static void WriteArray(WireType array, string source, string target, int number, int depth, SourceWriter writer, TypeNames names, ShapeNames shapes)
    {
        string suffix = depth == 0 ? "" : (depth + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        WireType element = array.Element!;
        string condition = array.IsNullable ? $"if (!{source}.IsNull)" : "";
        using (writer.WriteBlock(condition.Length > 0 ? condition : null))
        {
            writer.Line($"SchemaElements elements{suffix} = {source}.Elements();");
            writer.Line($"int count{suffix} = elements{suffix}.Count;");
            writer.Line($"{Wires.Declaration(element, names)}[] array{suffix} = {Wires.NewArray(element, names).Replace("[count]", $"[count{suffix}]")};");
            writer.Line($"int next{suffix} = 0;");
            using (writer.WriteBlock($"while (elements{suffix}.MoveNext())"))
            {
                writer.Line($"SchemaValue element{suffix} = elements{suffix}.Current;");
                if (element.Kind is WireKind.Array or WireKind.ImmutableArray)
                    WriteArray(element, $"element{suffix}", $"array{suffix}[next{suffix}]", number, depth + 1, writer, names, shapes);
                else
                    writer.Line($"array{suffix}[next{suffix}] = {OrNull(element, $"element{suffix}", number, names, shapes)};");
                writer.Line($"next{suffix}++;");
            }

            writer.Line();
            writer.Line($"{target} = {(array.Kind == WireKind.ImmutableArray ? $"ImmutableCollectionsMarshal.AsImmutableArray(array{suffix})" : $"array{suffix}")};");
        }
    }

    private static string OrNull(WireType wire, string source, int number, TypeNames names, ShapeNames shapes)
    {
        string value = wire.Kind switch
        {
            WireKind.Enum => $"({names.Of(wire.Type)}){source}.To{wire.Element!.Kind}()",
            WireKind.Boolean => $"{source}.ToBool()",
            WireKind.String => $"{source}.ToText()",
            WireKind.Text => $"{source}.ToBorrowedText()",
            WireKind.Nested => $"Read{shapes[wire]}Evolved({source}.ToRecord(), map.Nested({number}))",
            _ => $"{source}.To{wire.Kind}()",
        };
        return wire.IsNullable ? $"{source}.IsNull ? null : {value}" : value;
    }

    private static string Local(MemberModel member) => Code.Camel(member.Name) is "reader" or "map" or "record" or "members" or "value" or "elements" or "array" or "count" or "next"
        ? Code.Camel(member.Name) + "Member"
        : Code.Camel(member.Name);

    private static string Default(MemberModel member) => member.Default ?? (member.Wire.IsNullable ? "null" : member.Wire.Kind switch
    {
        WireKind.String => "\"\"",
        WireKind.Bytes or WireKind.Array or WireKind.ImmutableArray => "[]",
        WireKind.Nested when !member.Wire.IsValueType => "default!",
        _ => "default",
    });
}
