using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Records;

/// <summary>Writes how a record is copied so that it borrows nothing.</summary>
internal static class OwnEmitter
{
    /// <summary>Writes <c>Own</c>.</summary>
    public static void Write(RecordModel record, SourceWriter writer, TypeNames names)
    {
        string type = names.Of(record.Type);
        if (!record.Shape.Members.Any(m => Wires.Borrows(m.Wire)))
        {
            writer.Line($"public static {type} Own(in {type} record) => record;");
            return;
        }

        ShapeNames shapes = new(record.Shape);
        ShapeEmitter emitter = new(writer, names, shapes);
        writer.Line("// Text and bytes are copied out of the buffer that they were read from.");
        using (writer.WriteBlock($"public static {type} Own(in {type} record)"))
        {
            emitter.WriteNew(record.Shape, $"{type} owned", m => Owned(m.Wire, $"record.{m.Name}", Code.Camel(m.Name), shapes, names));
            writer.Line("return owned;");
        }

        foreach (WireType nested in shapes.Nested.Where(Wires.Borrows))
        {
            string nestedType = names.Of(nested.Type);
            writer.Line();
            using (writer.WriteBlock($"private static {nestedType} Own{shapes[nested]}(in {nestedType} value)"))
            {
                emitter.WriteNew(nested.Nested!, $"{nestedType} owned", m => Owned(m.Wire, $"value.{m.Name}", Code.Camel(m.Name), shapes, names));
                writer.Line("return owned;");
            }
        }
    }

    private static string Owned(WireType wire, string source, string local, ShapeNames shapes, TypeNames names)
    {
        if (!Wires.Borrows(wire)) return source;
        string value = wire.IsNullable ? local : source;
        string owned = wire.Kind switch
        {
            WireKind.Text => $"{value}.Own()",
            WireKind.Memory => $"{value}.ToArray()",
            WireKind.Nested => $"Own{shapes[wire]}({value})",
            WireKind.ImmutableArray => $"[.. global::System.Linq.ImmutableArrayExtensions.Select({value}, static element => {Owned(wire.Element!, "element", "present", shapes, names)})]",
            _ => $"Array.ConvertAll({value}, static element => {Owned(wire.Element!, "element", "present", shapes, names)})",
        };
        return wire.IsNullable ? $"{source} is {{ }} {local} ? {owned} : {Wires.Null(wire, names)}" : owned;
    }
}
