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
        WriteArrays(record.Shape, writer, names, shapes);
        foreach (WireType nested in shapes.Nested)
        {
            writer.Line();
            string type = names.Of(nested.Type);
            using (writer.WriteBlock($"private static {type} Read{shapes[nested]}Evolved(RecordReader reader, SchemaMap map)"))
            {
                WriteBody(nested.Nested!, $"{type} record", writer, names, shapes);
                writer.Line("return record;");
            }

            WriteArrays(nested.Nested!, writer, names, shapes);
        }
    }

    private static void WriteArrays(Shape shape, SourceWriter writer, TypeNames names, ShapeNames shapes)
    {
        foreach (MemberModel member in ShapeEmitter.Payload(shape))
            WriteArray(member.Wire, shapes.ArrayOf(shape.Type, member.Name), member.Number, writer, names, shapes);
    }

    private static void WriteBody(Shape shape, string target, SourceWriter writer, TypeNames names, ShapeNames shapes)
    {
        MemberModel[] payload = [.. ShapeEmitter.Payload(shape)];
        if (payload.Length > 0) WriteWalk(shape, payload, writer, names, shapes);
        new ShapeEmitter(writer, names, shapes).WriteNew(shape, target, m => m.Header is null ? Local(m) : HeaderEmitter.Read(m, "reader", names));
    }

    private static void WriteWalk(Shape shape, MemberModel[] payload, SourceWriter writer, TypeNames names, ShapeNames shapes)
    {
        foreach (MemberModel member in payload)
            writer.Line($"{Wires.Declaration(member.Wire, names)} {Local(member)} = {Default(member)};");
        writer.Line("SchemaMembers members = new(in reader, map.Writer);");
        using (writer.WriteBlock("while (members.MoveNext())"))
        {
            writer.Line("SchemaValue value = members.Current;");
            using (writer.WriteBlock("switch (members.Number)"))
                foreach (MemberModel member in payload) WriteCase(shape, member, writer, names, shapes);
        }

        writer.Line();
    }

    private static void WriteCase(Shape shape, MemberModel member, SourceWriter writer, TypeNames names, ShapeNames shapes)
    {
        writer.Line($"case {member.Number}:");
        using (writer.Indent())
        {
            writer.Line($"{Local(member)} = {OrNull(member.Wire, "value", shapes.ArrayOf(shape.Type, member.Name), member.Number, names, shapes)};");
            writer.Line("break;");
        }
    }

    private static void WriteArray(WireType array, string name, int number, SourceWriter writer, TypeNames names, ShapeNames shapes)
    {
        if (array.Kind is not (WireKind.Array or WireKind.ImmutableArray)) return;
        WireType element = array.Element!;
        writer.Line();
        using (writer.WriteBlock($"private static {Wires.Declaration(element, names)}[] Read{name}Evolved(SchemaValue value{(UsesMap(array) ? ", SchemaMap map" : "")})"))
        {
            writer.Line("SchemaElements elements = value.Elements();");
            writer.Line("int count = elements.Count;");
            writer.Line($"{Wires.Declaration(element, names)}[] values = {Wires.NewArray(element, names)};");
            using (writer.WriteBlock("for (int i = 0; elements.MoveNext(); i++)"))
            {
                writer.Line("SchemaValue element = elements.Current;");
                writer.Line($"values[i] = {OrNull(element, "element", name + "Item", number, names, shapes)};");
            }

            writer.Line();
            writer.Line("return values;");
        }

        WriteArray(element, name + "Item", number, writer, names, shapes);
    }

    private static bool UsesMap(WireType wire) => wire.Kind == WireKind.Nested || (wire.Element is { } element && UsesMap(element));

    private static string OrNull(WireType wire, string source, string arrayName, int number, TypeNames names, ShapeNames shapes)
    {
        string value = wire.Kind switch
        {
            WireKind.Enum => $"({names.Of(wire.Type)}){source}.To{wire.Element!.Kind}()",
            WireKind.Boolean => $"{source}.ToBool()",
            WireKind.String => $"{source}.ToText()",
            WireKind.Text => $"{source}.ToBorrowedText()",
            WireKind.Array => $"Read{arrayName}Evolved({source}{(UsesMap(wire) ? ", map" : "")})",
            WireKind.ImmutableArray => $"ImmutableCollectionsMarshal.AsImmutableArray(Read{arrayName}Evolved({source}{(UsesMap(wire) ? ", map" : "")}))",
            WireKind.Nested => $"Read{shapes[wire]}Evolved({source}.ToRecord(), map.Nested({number}))",
            _ => $"{source}.To{wire.Kind}()",
        };
        return wire.IsNullable ? $"{source}.IsNull ? {Wires.Null(wire, names)} : {value}" : value;
    }

    private static string Local(MemberModel member) => Code.Camel(member.Name) is "reader" or "map" or "record" or "members" or "value"
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
