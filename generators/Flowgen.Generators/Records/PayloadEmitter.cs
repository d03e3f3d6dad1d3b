using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Records;

/// <summary>Writes how the payload of an encoded record is written and read.</summary>
internal static class PayloadEmitter
{
    /// <summary>Writes <c>Write</c>, <c>Read</c> and what they need.</summary>
    public static void Write(RecordModel record, SourceWriter writer, TypeNames names)
    {
        ShapeNames shapes = new(record.Shape);
        ShapeEmitter emitter = new(writer, names, shapes);
        WriteRoot(record, writer, names, emitter);
        foreach (WireType nested in shapes.Nested) NestedEmitter.Write(nested, writer, names, shapes, emitter);
        foreach (Shape shape in shapes.Nested.Select(n => n.Nested!).Prepend(record.Shape))
            foreach (MemberModel member in ShapeEmitter.Payload(shape)) ArrayEmitter.Write(member, emitter.ArrayName(shape, member), writer, names, emitter);
    }

    private static void WriteRoot(RecordModel record, SourceWriter writer, TypeNames names, ShapeEmitter emitter)
    {
        string type = names.Of(record.Type), part = emitter.PartOf(null), name = Code.Literal(record.Type.Name);
        bool isEmpty = !ShapeEmitter.Payload(record.Shape).Any();
        using (writer.WriteBlock($"public static void Write(in {type} record, ByteBuffer to)"))
        {
            if (!isEmpty)
            {
                writer.Line($"int start = RecordWriter.Begin<{part}>(to);");
                writer.Line($"{part} part;");
                emitter.WriteFill(record.Shape, "part", "record", "to");
                writer.Line("RecordWriter.End(to, start, in part);");
            }
        }

        writer.Line();
        using (writer.WriteBlock($"public static void Read(ref RecordReader reader, out {type} record)"))
        {
            if (!isEmpty) writer.Line($"ref readonly {part} part = ref reader.Fixed<{part}>({name});");
            emitter.WriteMake(record.Shape, "record", "part", "reader");
            writer.Line($"reader.End({name});");
        }

        if (isEmpty) return;
        writer.Line();
        emitter.WritePart(record.Shape, part, "a payload");
    }
}
