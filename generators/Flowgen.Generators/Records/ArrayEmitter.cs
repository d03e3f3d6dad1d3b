using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Records;

/// <summary>Writes the helpers for arrays whose elements are not just their memory.</summary>
internal static class ArrayEmitter
{
    /// <summary>Writes the helpers of a member, if it is such an array, and of the arrays in it.</summary>
    public static void Write(MemberModel member, string name, SourceWriter writer, TypeNames names, ShapeEmitter emitter)
    {
        if (member.Wire.Kind is not (WireKind.Array or WireKind.ImmutableArray) || Wires.IsRaw(member.Wire.Element!)) return;
        WireType element = member.Wire.Element!;
        MemberModel elements = member with { Name = name, Wire = element with { IsNullable = false } };
        writer.Line();
        WriteWriter(member, elements, element, writer, names, emitter);
        writer.Line();
        WriteReader(member, elements, element, writer, names, emitter);
        Write(elements with { Name = member.Name }, name + "Item", writer, names, emitter);
    }

    private static void WriteWriter(MemberModel member, MemberModel elements, WireType element, SourceWriter writer, TypeNames names, ShapeEmitter emitter)
    {
        using (writer.WriteBlock($"private static int Write{elements.Name}(ReadOnlySpan<{Wires.Declaration(element, names)}> values, ByteBuffer to)"))
        {
            writer.Line("int start = to.Length;");
            writer.Line("to.WriteInt32(values.Length);");
            using (writer.WriteBlock($"foreach ({Wires.Declaration(element, names)} {(element.IsNullable ? "element" : "value")} in values)"))
            {
                if (element.IsNullable)
                {
                    writer.Line("RecordWriter.WriteValue(to, new PackedBool(element is not null));");
                    writer.Line($"if (element is not {{ }} value) continue;");
                }

                WriteElement(elements, member.Name, writer, emitter);
            }

            writer.Line();
            writer.Line("return to.Length - start;");
        }
    }

    private static void WriteElement(MemberModel elements, string member, SourceWriter writer, ShapeEmitter emitter)
    {
        if (elements.Wire.IsFixed)
        {
            writer.Line($"RecordWriter.WriteValue(to, {emitter.Pack(elements.Wire, "value")});");
            return;
        }

        writer.Line("int lengthAt = RecordWriter.Begin<int>(to);");
        writer.Line($"int length = {emitter.Append(elements.Wire, "value", member, elements.Name + "Item", "to")};");
        writer.Line("RecordWriter.End(to, lengthAt, in length);");
    }

    private static void WriteReader(MemberModel member, MemberModel elements, WireType element, SourceWriter writer, TypeNames names, ShapeEmitter emitter)
    {
        string name = Code.Literal(member.Name);
        string declaration = Wires.Declaration(element, names);
        int minimum = element.IsNullable ? 1 : element.IsFixed ? element.FixedSize : 4;
        using (writer.WriteBlock($"private static {declaration}[] Read{elements.Name}(ref RecordReader reader, int length)"))
        {
            writer.Line($"RecordReader elements = reader.Elements(length, minimumSize: {minimum}, {name}, out int count);");
            writer.Line($"{declaration}[] values = {Wires.NewArray(element, names)};");
            using (writer.WriteBlock("for (int i = 0; i < values.Length; i++)"))
            {
                if (element.IsNullable) writer.Line($"if (!elements.Read<PackedBool>({name}).Value({name})) continue;");
                WriteElementRead(member, elements, writer, emitter);
            }

            writer.Line();
            writer.Line($"elements.End({name});");
            writer.Line("return values;");
        }
    }

    private static void WriteElementRead(MemberModel member, MemberModel elements, SourceWriter writer, ShapeEmitter emitter)
    {
        string name = Code.Literal(member.Name);
        if (elements.Wire.IsFixed)
        {
            writer.Line($"{emitter.PartType(elements.Wire)} element = elements.Read<{emitter.PartType(elements.Wire)}>({name});");
            writer.Line($"values[i] = {emitter.Unpack(elements.Wire, "element", member.Name)};");
            return;
        }

        string length = $"elements.Read<int>({name})";
        writer.Line($"int elementLength = {length};");
        writer.Line($"values[i] = {emitter.Take(elements.Wire, "elementLength", member.Name, "elements", elements.Name + "Item")};");
    }
}
