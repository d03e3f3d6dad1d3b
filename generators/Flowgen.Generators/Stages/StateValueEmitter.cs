using Flowgen.Generators.Records;
using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>Writes how values with references are kept in changelogs: one after the other, each reference with a byte that says whether it is there,
/// because state starts as <c>default</c> whatever its annotations say.</summary>
internal sealed class StateValueEmitter(SourceWriter writer, TypeNames names)
{
    private int _presents;

    /// <summary>Writes the statements that append a value.</summary>
    public void WriteValue(WireType wire, string source, int depth)
    {
        if (!wire.IsNullable && wire.IsValueType)
        {
            WritePresent(wire, source, depth);
            return;
        }

        string present = "present" + _presents++;
        writer.Line($"StateWriter.Write(to, {source} is not null);");
        using (writer.WriteBlock($"if ({source} is {{ }} {present})"))
            WritePresent(wire, present, depth + 1);
    }

    /// <summary>Writes the statements that read a value into a target.</summary>
    public void ReadValue(WireType wire, string target, int depth)
    {
        if (!wire.IsNullable && wire.IsValueType)
        {
            ReadPresent(wire, target, depth);
            return;
        }

        writer.Line($"{target} = default!;");
        string declared = target.Substring(target.LastIndexOf(' ') + 1);
        using (writer.WriteBlock("if (reader.Read<PackedBool>().Value(\"state\"))"))
            ReadPresent(wire, declared, depth);
    }

    private void WritePresent(WireType wire, string source, int depth)
    {
        switch (wire.Kind)
        {
            case WireKind.String:
                writer.Line($"StateWriter.WriteString(to, {source});");
                break;
            case WireKind.Bytes:
                writer.Line($"StateWriter.WriteBytes(to, {source});");
                break;
            case WireKind.Memory:
                writer.Line($"StateWriter.WriteBytes(to, {source}.Span);");
                break;
            case WireKind.Text:
                writer.Line($"StateWriter.WriteBytes(to, {source}.Bytes);");
                break;
            case WireKind.Nested:
                foreach (MemberModel member in wire.Nested!.Members) WriteValue(member.Wire, $"{source}.{member.Name}", depth + 1);
                break;
            case WireKind.Array or WireKind.ImmutableArray:
                WriteArray(wire, source, depth);
                break;
            default:
                writer.Line($"StateWriter.Write(to, {source});");
                break;
        }
    }

    private void WriteArray(WireType wire, string source, int depth)
    {
        string item = "item" + depth;
        string span = wire.Kind == WireKind.ImmutableArray ? source + ".AsSpan()" : source;
        writer.Line($"to.WriteInt32({span}.Length);");
        using (writer.WriteBlock($"foreach ({Wires.Declaration(wire.Element!, names)} {item} in {span})"))
            WriteValue(wire.Element!, item, depth + 1);
    }

    private void ReadPresent(WireType wire, string target, int depth)
    {
        switch (wire.Kind)
        {
            case WireKind.String:
                writer.Line($"{target} = reader.ReadString();");
                break;
            case WireKind.Bytes or WireKind.Memory:
                writer.Line($"{target} = reader.ReadBytes().ToArray();");
                break;
            case WireKind.Text:
                writer.Line($"{target} = Text.FromUtf8(reader.ReadBytes());");
                break;
            case WireKind.Nested:
                ReadNested(wire, target, depth);
                break;
            case WireKind.Array or WireKind.ImmutableArray:
                ReadArray(wire, target, depth);
                break;
            default:
                writer.Line($"{target} = reader.Read<{names.Of(wire.Type)}>();");
                break;
        }
    }

    private void ReadNested(WireType wire, string target, int depth)
    {
        string suffix = depth == 0 ? "" : depth.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Dictionary<string, string> locals = wire.Nested!.Members.ToDictionary(m => m.Name, m => Locals.Record(Code.Camel(m.Name)) + suffix, StringComparer.Ordinal);
        foreach (MemberModel member in wire.Nested.Members)
            ReadValue(member.Wire, $"{Wires.Declaration(member.Wire, names)} {locals[member.Name]}", depth + 1);

        writer.Line();
        new ShapeEmitter(writer, names, new ShapeNames(wire.Nested)).WriteNew(wire.Nested, target, m => locals[m.Name]);
    }

    private void ReadArray(WireType wire, string target, int depth)
    {
        string count = "count" + depth, items = "items" + depth, index = "index" + depth;
        writer.Line($"int {count} = reader.ReadCount(minimumSize: 1);");
        writer.Line($"{Wires.Declaration(wire.Element!, names)}[] {items} = {Wires.NewArray(wire.Element!, names).Replace("[count]", $"[{count}]")};");
        using (writer.WriteBlock($"for (int {index} = 0; {index} < {count}; {index}++)"))
            ReadValue(wire.Element!, $"{items}[{index}]", depth + 1);
        writer.Line();
        writer.Line($"{target} = {(wire.Kind == WireKind.ImmutableArray ? $"ImmutableCollectionsMarshal.AsImmutableArray({items})" : items)};");
    }
}
