using Flowgen.Generators.Records;
using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>Writes the file of a stage: what it is, how it is wired, and its operators.</summary>
internal static class StageEmitter
{
    private static readonly string[] Usings =
    [
        "System", "System.CodeDom.Compiler", "System.Diagnostics", "System.Diagnostics.CodeAnalysis", "System.Runtime.InteropServices", "Flowgen", "Flowgen.Log", "Flowgen.Runtime",
    ];

    /// <summary>The file of a stage.</summary>
    public static string Emit(StageModel stage)
    {
        SourceWriter writer = new();
        DeclarationModel declaration = stage.Declaration;
        string origin = $"{declaration.Type.ShortName} ({declaration.SourceFile})";
        GeneratedFile.Begin(writer, origin, stage.HasErrors ? ["This stage has errors; the analyzers say which."] : stage.Picture, declaration.Type.Namespace, Usings);
        using Declarations around = Declarations.Open(writer, declaration);
        GeneratedFile.WriteIsUsed(writer, declaration.Accessibility);
        StageNames names = new(stage);
        using (writer.WriteBlock($"partial class {declaration.Type.Name} : IStage<{names.Class}>"))
        {
            WriteInfo(stage, writer, names.Class);
            writer.Line();
            DescribeEmitter.Write(stage, names, writer);
            foreach (OperatorModel op in stage.Operators)
            {
                writer.Line();
                OperatorEmitter.Write(stage, op, names, writer);
            }

            WriteCodecs(names, writer);
        }

        around.Dispose();
        return NameQualifier.Qualify(writer.ToString(), declaration.HiddenNames);
    }

    private static void WriteInfo(StageModel stage, SourceWriter writer, string type)
    {
        // Not on the class: the attribute would make the user's part generated code too, and silence the analyzers there.
        writer.Line(GeneratedFile.GeneratedCode);
        writer.Line($"static StageInfo IStage<{type}>.Info {{ get; }} = new(");
        using (writer.Indent())
        {
            writer.Line($"Name: {Code.Literal(stage.Name)},");
            writer.Line($"Pipeline: {Code.Literal(stage.Pipeline)},");
            writer.Line($"IsStateful: {Code.Literal(stage.IsStateful)});");
        }
    }

    private static void WriteCodecs(StageNames names, SourceWriter writer)
    {
        foreach ((string name, TypeRef record, string codec, KeyAccess key) in names.Partitioners)
        {
            writer.Line();
            PartitionerEmitter.Write(name, record, codec, key, names, writer);
        }

        foreach ((string name, KeyModel key) in names.KeyCodecs)
        {
            writer.Line();
            writer.Line(GeneratedFile.GeneratedCode);
            writer.Line("[DebuggerNonUserCode]");
            KeyEmitter.WriteCodec(key, name, writer, names.Types);
        }

        foreach ((string name, StateModel state) in names.StateCodecs)
        {
            writer.Line();
            StateCodecEmitter.Write(name, state, writer, names.Types);
        }
    }
}
