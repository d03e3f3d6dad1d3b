using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Records;

/// <summary>Writes the fixed part of a shape as a packed struct, and the code between it and the members.</summary>
internal sealed class ShapeEmitter(SourceWriter writer, TypeNames names, ShapeNames shapes)
{
    private const int LongestArguments = 80;

    /// <summary>The name of the packed struct of a shape; null stands for the record itself.</summary>
    public string PartOf(WireType? nested) => nested is null ? "FixedPart" : shapes[nested] + "Part";

    /// <summary>Writes the packed struct.</summary>
    public void WritePart(Shape shape, string name, string what)
    {
        writer.Line($"// The fixed part of {what}; where the length of a member varies, its length in bytes.");
        writer.Line("[StructLayout(LayoutKind.Sequential, Pack = 1)]");
        using (writer.WriteBlock($"private struct {name}"))
        {
            for (int i = 0; i * 8 < shape.NullableCount; i++) writer.Line($"public byte Nulls{i};");
            foreach (MemberModel member in Payload(shape)) writer.Line($"public {PartType(member.Wire)} {member.Name};");
        }
    }

    /// <summary>Writes the statements that fill <c>part</c> and append the members of variable length.</summary>
    public void WriteFill(Shape shape, string part, string value, string to)
    {
        WriteNulls(shape, part, value);
        foreach (MemberModel member in Payload(shape))
        {
            string source = $"{value}.{member.Name}";
            writer.Line($"{part}.{member.Name} = {(member.Wire.IsFixed ? Pack(member.Wire, source) : Append(member.Wire, source, member.Name, ArrayName(shape, member), to))};");
        }
    }

    /// <summary>Writes <c>{target} = new T(…)</c> from a fixed part and a reader at the first member of variable length.</summary>
    public void WriteMake(Shape shape, string target, string part, string reader)
    {
        Dictionary<string, string> locals = [];
        if (!ReadsInOrder(shape))
        {
            foreach (MemberModel member in Payload(shape).Where(m => !m.Wire.IsFixed))
            {
                string local = Code.Camel(member.Name) + "Value";
                locals.Add(member.Name, local);
                writer.Line($"{Wires.Declaration(member.Wire, names)} {local} = {Value(shape, member, part, reader)};");
            }
        }

        WriteNew(shape, target, member => locals.TryGetValue(member.Name, out string local) ? local : Value(shape, member, part, reader));
    }

    /// <summary>Writes <c>{target} = new T(…)</c> from an expression for each member.</summary>
    public void WriteNew(Shape shape, string target, Func<MemberModel, string> value)
    {
        string[] arguments = [.. shape.ConstructorMembers.Select(value)];
        string[] initializers = [.. shape.InitializedMembers.Select(m => $"{m.Name} = {value(m)}")];
        string made = $"{target} = new {names.Of(shape.Type)}";
        string inOneLine = $"({string.Join(", ", arguments)})";
        bool isShort = inOneLine.Length <= LongestArguments;
        if (initializers.Length == 0 || arguments.Length > 0) made += isShort ? inOneLine : "(";
        if (initializers.Length == 0 && isShort) made += ";";
        writer.Line(made);
        if (!isShort) WriteArguments(arguments, initializers.Length == 0 ? ");" : ")");
        if (initializers.Length == 0) return;
        using (writer.WriteBlock(null, "};"))
            foreach (string initializer in initializers) writer.Line(initializer + ",");
    }

    private void WriteArguments(string[] arguments, string close)
    {
        using (writer.Indent())
            for (int i = 0; i < arguments.Length; i++) writer.Line(arguments[i] + (i < arguments.Length - 1 ? "," : close));
    }

    /// <summary>The members of a shape that are in the payload.</summary>
    public static IEnumerable<MemberModel> Payload(Shape shape) => shape.Members.Where(m => m.Header is null);

    /// <summary>The expression of a value in the fixed part.</summary>
    public string Pack(WireType wire, string source)
    {
        if (wire.IsNullable && !wire.IsValueType) return $"{source} is null ? default : Pack{shapes[wire]}({source})";
        string value = wire.IsNullable ? $"{source}.GetValueOrDefault()" : source;
        if (wire.Kind == WireKind.Nested) return $"Pack{shapes[wire]}({value})";
        return Wires.PackedType(wire.Kind) is { } packed ? $"new {packed}({value})" : value;
    }

    /// <summary>The expression of a value from the fixed part, where it is there.</summary>
    public string Unpack(WireType wire, string part, string member) =>
        wire.Kind == WireKind.Nested ? $"Unpack{shapes[wire]}(in {part})"
        : Wires.PackedType(wire.Kind) is not null ? $"{part}.Value({Code.Literal(member)})"
        : part;

    /// <summary>The type of a member in the packed struct.</summary>
    public string PartType(WireType wire) =>
        !wire.IsFixed ? "int"
        : wire.Kind == WireKind.Nested ? PartOf(wire)
        : Wires.PackedType(wire.Kind) ?? names.Of(wire.Type);

    /// <summary>An expression that appends a value of variable length and has its length in bytes.</summary>
    public string Append(WireType wire, string source, string member, string arrayName, string to)
    {
        string name = Code.Literal(member);
        if (wire.Kind == WireKind.String) return $"RecordWriter.WriteString({to}, {source}, {name})";
        if (wire.Kind == WireKind.Bytes) return $"RecordWriter.WriteBytes({to}, {source})";
        string present = wire.IsNullable ? Code.Camel(member) : source;
        string append = wire.Kind switch
        {
            WireKind.Text => $"RecordWriter.WriteText({to}, {present})",
            WireKind.Memory => $"RecordWriter.WriteBytes({to}, {present}.Span)",
            WireKind.Nested => $"Write{shapes[wire]}({present}, {to})",
            WireKind.Array when Wires.IsRaw(wire.Element!) => $"RecordWriter.WriteArray<{names.Of(wire.Element!.Type)}>({to}, {present})",
            WireKind.ImmutableArray when Wires.IsRaw(wire.Element!) => $"RecordWriter.WriteArray({to}, {present}.AsSpan())",
            WireKind.ImmutableArray => $"Write{arrayName}({present}.AsSpan(), {to})",
            _ => $"Write{arrayName}({present}, {to})",
        };
        return wire.IsNullable ? $"{source} is {{ }} {present} ? {append} : 0" : append;
    }

    /// <summary>An expression that reads a value of variable length.</summary>
    public string Take(WireType wire, string length, string member, string reader, string arrayName) => wire.Kind switch
    {
        WireKind.String => $"{reader}.ReadString({length}, {Code.Literal(member)})",
        WireKind.Text => $"{reader}.ReadText({length}, {Code.Literal(member)})",
        WireKind.Bytes => $"{reader}.ReadBytes({length}, {Code.Literal(member)})",
        WireKind.Memory => $"{reader}.ReadMemory({length}, {Code.Literal(member)})",
        WireKind.Nested => $"Read{shapes[wire]}(ref {reader}, {length}, {Code.Literal(member)})",
        WireKind.Array when Wires.IsRaw(wire.Element!) => $"{reader}.ReadArray<{names.Of(wire.Element!.Type)}>({length}, {Code.Literal(member)})",
        WireKind.ImmutableArray when Wires.IsRaw(wire.Element!) => $"ImmutableCollectionsMarshal.AsImmutableArray({reader}.ReadArray<{names.Of(wire.Element!.Type)}>({length}, {Code.Literal(member)}))",
        WireKind.ImmutableArray => $"ImmutableCollectionsMarshal.AsImmutableArray(Read{arrayName}(ref {reader}, {length}))",
        _ => $"Read{arrayName}(ref {reader}, {length})",
    };

    /// <summary>The name for the helpers of an array whose elements need code of their own.</summary>
    public string ArrayName(Shape owner, MemberModel member) => shapes.ArrayOf(owner.Type, member.Name);

    private static bool ReadsInOrder(Shape shape)
    {
        IEnumerable<string> read = Payload(shape).Where(m => !m.Wire.IsFixed).Select(m => m.Name);
        IEnumerable<string> made = shape.ConstructorMembers.Concat(shape.InitializedMembers).Where(m => m.Header is null && !m.Wire.IsFixed).Select(m => m.Name);
        return read.SequenceEqual(made);
    }

    private string Value(Shape shape, MemberModel member, string part, string reader)
    {
        if (member.Header is not null) return HeaderEmitter.Read(member, reader, names);
        string value = member.Wire.IsFixed ? Unpack(member.Wire, $"{part}.{member.Name}", member.Name) : Take(member.Wire, $"{part}.{member.Name}", member.Name, reader, ArrayName(shape, member));
        if (!member.Wire.IsNullable) return value;
        (int index, int bit) = NullBit(shape, member);
        return $"({part}.Nulls{index} & {bit}) != 0 ? {value} : {Wires.Null(member.Wire, names)}";
    }

    private void WriteNulls(Shape shape, string part, string value)
    {
        MemberModel[] nullable = [.. Payload(shape).Where(m => m.Wire.IsNullable)];
        for (int i = 0; i * 8 < nullable.Length; i++)
        {
            string[] bits = [.. nullable.Skip(i * 8).Take(8).Select((m, bit) => $"({value}.{m.Name} is null ? 0 : {1 << bit})")];
            writer.Line($"{part}.Nulls{i} = (byte){(bits.Length == 1 ? bits[0] : $"({string.Join(" | ", bits)})")};");
        }
    }

    private static (int Index, int Bit) NullBit(Shape shape, MemberModel member)
    {
        int position = Payload(shape).Where(m => m.Wire.IsNullable).TakeWhile(m => m.Name != member.Name).Count();
        return (position / 8, 1 << (position % 8));
    }
}
