using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Records;

/// <summary>Writes the codec of a record type.</summary>
internal static class CodecEmitter
{
    private static readonly string[] Usings =
    [
        "System", "System.CodeDom.Compiler", "System.Collections.Immutable", "System.Diagnostics", "System.Runtime.InteropServices", "Flowgen", "Flowgen.Log", "Flowgen.Runtime",
    ];

    /// <summary>The file of a codec.</summary>
    public static string Emit(RecordModel record)
    {
        SourceWriter writer = new();
        TypeNames names = new(record.Type.Namespace, record.HiddenNames);
        GeneratedFile.Begin(writer, record.Type.ShortName, RecordPicture.Lines(record), record.Type.Namespace, Usings);
        writer.Line($"/// <summary>How records of type <see cref=\"{names.Of(record.Type)}\"/> are written and read.</summary>");
        writer.Line(GeneratedFile.GeneratedCode);
        writer.Line("[DebuggerNonUserCode]");
        using (writer.WriteBlock($"{record.Accessibility} readonly struct {record.CodecName} : IRecordCodec<{names.Of(record.Type)}>"))
            WriteMembers(record, writer, names);
        return NameQualifier.Qualify(writer.ToString(), record.HiddenNames);
    }

    private static void WriteMembers(RecordModel record, SourceWriter writer, TypeNames names)
    {
        SchemaEmitter.Write(record, writer);
        writer.Line();
        LayoutEmitter.Write(record, writer);
        writer.Line();
        KeyEmitter.WriteRecordKey(record, writer, names);
        writer.Line();
        if (record.Layout is null)
            PayloadEmitter.Write(record, writer, names);
        else
            WriteViewed(record, writer, names);
        writer.Line();
        WriteHeaders(record, writer, names);
        writer.Line();
        EvolutionEmitter.Write(record, writer, names);
        writer.Line();
        OwnEmitter.Write(record, writer, names);
    }

    private static void WriteViewed(RecordModel record, SourceWriter writer, TypeNames names)
    {
        string type = names.Of(record.Type);
        writer.Lines($$"""
            // The payload is the memory of the record.
            public static void Write(in {{type}} record, ByteBuffer to) => RecordWriter.WriteValue(to, in record);

            public static void Read(ref RecordReader reader, out {{type}} record)
            {
                record = reader.Read<{{type}}>({{Code.Literal(record.Type.Name)}});
                reader.End({{Code.Literal(record.Type.Name)}});
            }
            """);
    }

    private static void WriteHeaders(RecordModel record, SourceWriter writer, TypeNames names)
    {
        MemberModel[] headers = [.. record.Shape.Members.Where(m => m.Header is not null)];
        using (writer.WriteBlock($"public static void WriteHeaders(in {names.Of(record.Type)} record, BatchBuilder to)"))
            foreach (MemberModel member in headers)
                writer.Line($"{HeaderEmitter.Write(member, $"record.{member.Name}", "to", names)}    // [Header({Code.Literal(member.Header)})]");
    }
}
