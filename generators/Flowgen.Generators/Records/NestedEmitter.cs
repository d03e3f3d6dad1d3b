using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Records;

/// <summary>Writes the helpers for a struct nested in a record.</summary>
internal static class NestedEmitter
{
    /// <summary>Writes the packed struct of a nested struct, and how it is written and read.</summary>
    public static void Write(WireType nested, SourceWriter writer, TypeNames names, ShapeNames shapes, ShapeEmitter emitter)
    {
        string type = names.Of(nested.Type), name = shapes[nested], part = emitter.PartOf(nested);
        writer.Line();
        if (nested.IsFixed)
            WriteFixed(nested, writer, emitter, type, name, part);
        else
            WriteVariable(nested, writer, emitter, type, name, part);
        writer.Line();
        emitter.WritePart(nested.Nested!, part, $"a '{name}'");
    }

    private static void WriteFixed(WireType nested, SourceWriter writer, ShapeEmitter emitter, string type, string name, string part)
    {
        using (writer.WriteBlock($"private static {part} Pack{name}(in {type} value)"))
        {
            writer.Line($"{part} part;");
            emitter.WriteFill(nested.Nested!, "part", "value", "to");
            writer.Line("return part;");
        }

        writer.Line();
        using (writer.WriteBlock($"private static {type} Unpack{name}(in {part} part)"))
        {
            emitter.WriteMake(nested.Nested!, $"{type} value", "part", "reader");
            writer.Line("return value;");
        }
    }

    private static void WriteVariable(WireType nested, SourceWriter writer, ShapeEmitter emitter, string type, string name, string part)
    {
        using (writer.WriteBlock($"private static int Write{name}(in {type} value, ByteBuffer to)"))
        {
            writer.Line($"int start = RecordWriter.Begin<{part}>(to);");
            writer.Line($"{part} part;");
            emitter.WriteFill(nested.Nested!, "part", "value", "to");
            writer.Line("RecordWriter.End(to, start, in part);");
            writer.Line("return to.Length - start;");
        }

        writer.Line();
        using (writer.WriteBlock($"private static {type} Read{name}(ref RecordReader parent, int length, string member)"))
        {
            writer.Line("RecordReader reader = parent.Nested(length, member);");
            writer.Line($"ref readonly {part} part = ref reader.Fixed<{part}>(member);");
            emitter.WriteMake(nested.Nested!, $"{type} value", "part", "reader");
            writer.Line("reader.End(member);");
            writer.Line("return value;");
        }
    }
}
