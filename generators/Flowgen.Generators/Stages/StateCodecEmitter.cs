using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>Writes how an accumulator or state is kept in changelogs.</summary>
internal static class StateCodecEmitter
{
    /// <summary>Writes a codec as a nested struct.</summary>
    public static void Write(string name, StateModel state, SourceWriter writer, TypeNames names)
    {
        string type = names.Of(state.Type);
        writer.Line($"// How '{state.Type.Name}' is kept{(state.IsUnmanaged ? ": its memory." : ".")}");
        writer.Line(GeneratedFile.GeneratedCode);
        writer.Line("[DebuggerNonUserCode]");
        using (writer.WriteBlock($"private readonly struct {name} : IStateCodec<{type}>"))
        {
            writer.Line($"public static string Layout => {Code.Literal(state.Fingerprint)};");
            writer.Line();
            if (state.Encoding is { } encoding)
                WriteEncoded(encoding, type, writer, names);
            else
                WriteMemory(type, writer);
        }
    }

    private static void WriteMemory(string type, SourceWriter writer)
    {
        writer.Line($"public static void Write(in {type} value, ByteBuffer to) => Unmanaged<{type}>.Write(in value, to);");
        writer.Line();
        writer.Line($"public static void Read(ref StateReader reader, out {type} value) => Unmanaged<{type}>.Read(ref reader, out value);");
    }

    private static void WriteEncoded(WireType encoding, string type, SourceWriter writer, TypeNames names)
    {
        StateValueEmitter values = new(writer, names);
        using (writer.WriteBlock($"public static void Write(in {type} value, ByteBuffer to)"))
            values.WriteValue(encoding, "value", 0);
        writer.Line();
        using (writer.WriteBlock($"public static void Read(ref StateReader reader, out {type} value)"))
            values.ReadValue(encoding, "value", 0);
    }
}
