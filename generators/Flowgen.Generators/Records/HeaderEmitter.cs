using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Records;

/// <summary>Writes the code of members that are kept in headers.</summary>
internal static class HeaderEmitter
{
    /// <summary>An expression that reads a member from its header.</summary>
    public static string Read(MemberModel member, string reader, TypeNames names)
    {
        string header = Code.Literal(member.Header), name = Code.Literal(member.Name);
        string value = member.Wire.Kind switch
        {
            WireKind.String => $"{reader}.HeaderString({header}, {name})",
            WireKind.Text => $"{reader}.HeaderText({header}, {name})",
            WireKind.Bytes or WireKind.Memory => $"{reader}.HeaderBytes({header})",
            _ => $"{reader}.HeaderValue<{names.Of(member.Wire.Type)}>({header}, {name})",
        };
        string fallback = member.Default ?? member.Wire.Kind switch
        {
            WireKind.String => "\"\"",
            WireKind.Bytes => "[]",
            _ => "default",
        };
        if (member.Wire.IsNullable) return member.Default is null or "null" or "default" ? value : $"{value} ?? {fallback}";
        return member.Wire.Kind == WireKind.Memory ? $"{value}" : $"{value} ?? {fallback}";
    }

    /// <summary>A statement that adds the header of a member.</summary>
    public static string Write(MemberModel member, string value, string to, TypeNames names)
    {
        string header = Code.Literal(member.Header);
        return member.Wire.Kind switch
        {
            WireKind.String => $"RecordWriter.WriteHeader({to}, {header}, {value});",
            WireKind.Text when member.Wire.IsNullable => $"if ({value} is {{ }} {Code.Camel(member.Name)}) RecordWriter.WriteHeader({to}, {header}, {Code.Camel(member.Name)}.Bytes);",
            WireKind.Text => $"RecordWriter.WriteHeader({to}, {header}, {value}.Bytes);",
            WireKind.Bytes when member.Wire.IsNullable => $"if ({value} is {{ }} {Code.Camel(member.Name)}) RecordWriter.WriteHeader({to}, {header}, {Code.Camel(member.Name)}.AsSpan());",
            WireKind.Bytes => $"RecordWriter.WriteHeader({to}, {header}, {value}.AsSpan());",
            WireKind.Memory when member.Wire.IsNullable => $"if ({value} is {{ }} {Code.Camel(member.Name)}) RecordWriter.WriteHeader({to}, {header}, {Code.Camel(member.Name)}.Span);",
            WireKind.Memory => $"RecordWriter.WriteHeader({to}, {header}, {value}.Span);",
            _ => $"RecordWriter.WriteHeader<{names.Of(member.Wire.Type)}>({to}, {header}, {value});",
        };
    }
}
