using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>Writes the struct that says to which task a record goes.</summary>
internal static class PartitionerEmitter
{
    /// <summary>Writes a partitioner.</summary>
    public static void Write(string name, TypeRef record, string codec, KeyAccess key, StageNames names, SourceWriter writer)
    {
        string type = names.Types.Of(record);
        string hash = key.Kind == KeyAccessKind.Own
            ? $"{names.Types.Of(codec)}.PartitionHash(in record)"
            : $"{names.KeyCodec(key.Key)}.PartitionHash({key.Expression("record", names.Class)})";
        writer.Line($"// {(key.Kind == KeyAccessKind.Method ? $"[KeyBy] {key.Method}" : $"Grouped by {key.Description}")}");
        writer.Line(GeneratedFile.GeneratedCode);
        writer.Line("[DebuggerNonUserCode]");
        using (writer.WriteBlock($"private readonly struct {name} : IPartitioner<{type}>"))
            writer.Line($"public static int Hash(in {type} record) => {hash};");
    }
}
