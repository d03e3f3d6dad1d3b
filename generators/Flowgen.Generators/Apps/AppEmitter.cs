using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Apps;

/// <summary>Writes the file of an app: its topics, its stages, the wires between them, and a picture.</summary>
internal static class AppEmitter
{
    /// <summary>The file of an app.</summary>
    public static string Emit(AppModel app)
    {
        SourceWriter writer = new();
        DeclarationModel declaration = app.Declaration;
        string type = declaration.HiddenNames.IsEmpty ? declaration.Type.Name : declaration.Type.FullName;
        string[] mermaid = app.Mermaid.TrimEnd('\n').Split('\n');
        GeneratedFile.Begin(writer, $"{declaration.Type.ShortName} ({declaration.SourceFile})", app.HasErrors ? ["This app has errors; the analyzers say which."] : mermaid,
            declaration.Type.Namespace, "System.CodeDom.Compiler", "System.Diagnostics.CodeAnalysis", "Flowgen", "Flowgen.Runtime");
        using Declarations around = Declarations.Open(writer, declaration);
        GeneratedFile.WriteIsUsed(writer, declaration.Accessibility);
        writer.Line($"[global::Flowgen.Runtime.Topology({Code.Literal(app.Name)}, {type}.Topology.Mermaid)]");
        using (writer.WriteBlock($"partial class {declaration.Type.Name} : IFlowApp<{type}>"))
        {
            WriteInfo(app, writer, type);
            writer.Line();
            WriteDescribe(app, writer, type);
            writer.Line();
            WriteTopology(writer, mermaid);
        }

        around.Dispose();
        return NameQualifier.Qualify(writer.ToString(), declaration.HiddenNames);
    }

    private static void WriteInfo(AppModel app, SourceWriter writer, string type)
    {
        writer.Line(GeneratedFile.GeneratedCode);
        writer.Line($"static AppInfo IFlowApp<{type}>.Info {{ get; }} = new(");
        using (writer.Indent())
        {
            writer.Line($"Name: {Code.Literal(app.Name)},");
            writer.Line($"CommitEveryMs: {Code.Number(app.CommitEveryMs)},    // CommitEvery = {Code.Literal(app.CommitEveryText)}");
            writer.Line("Topology.Mermaid);");
        }
    }

    private static void WriteDescribe(AppModel app, SourceWriter writer, string type)
    {
        AppNames names = new(app);
        writer.Line(GeneratedFile.GeneratedCode);
        using (writer.WriteBlock($"static void IFlowApp<{type}>.Describe(AppBuilder app)"))
        {
            for (int i = 0; i < app.Topics.Count; i++) writer.Line(Topic(app.Topics[i], names.Topic(i), names.Types));
            if (app.Topics.Count > 0 && app.Stages.Count > 0) writer.Line();
            for (int i = 0; i < app.Stages.Count; i++) writer.Line($"StageRef {names.Stage(i)} = app.Stage<{names.Types.Of(app.Stages[i].Type)}>();");
            for (int i = 0; i < app.Stages.Count; i++)
            {
                EdgeModel[] edges = [.. app.Edges.Where(e => Owner(e) == i)];
                if (edges.Length == 0) continue;
                writer.Line();
                writer.Line($"// {app.Stages[i].Name}");
                foreach (EdgeModel edge in edges) writer.Line(EdgeEmitter.Line(edge, app, names));
            }
        }
    }

    // What a stage takes and what it writes is told together.
    private static int Owner(EdgeModel edge) => edge.Kind == EdgeKind.Write ? edge.From : edge.To;

    private static string Topic(TopicModel topic, string name, TypeNames types)
    {
        string record = types.Of(topic.Record);
        string cleanup = topic.Cleanup == CleanupModel.Delete ? "" : $", Cleanup.{topic.Cleanup}";
        string retention = topic.RetentionMs is { } ms ? $", RetentionMs: {Code.Number(ms)}" : "";
        string comment = topic.RetentionText is { } text ? $"    // Retention = {Code.Literal(text)}" : "";
        return $"TopicRef<{record}> {name} = app.Topic<{record}, {types.Of(topic.Codec)}>(new({Code.Literal(topic.Name)}, Partitions: {topic.Partitions}{cleanup}{retention}));{comment}";
    }

    private static void WriteTopology(SourceWriter writer, string[] mermaid)
    {
        writer.Line("/// <summary>The topics and stages of the app as a picture.</summary>");
        writer.Line(GeneratedFile.GeneratedCode);
        using (writer.WriteBlock("public static class Topology"))
        {
            writer.Line("internal const string Mermaid =");
            using (writer.Indent())
                for (int i = 0; i < mermaid.Length; i++)
                    writer.Line(Code.Literal(i < mermaid.Length - 1 ? mermaid[i] + "\n" : mermaid[i]) + (i < mermaid.Length - 1 ? " +" : ";"));
            writer.Line();
            writer.Line("/// <summary>The picture as a Mermaid flowchart.</summary>");
            writer.Line("/// <returns>The text of the flowchart.</returns>");
            writer.Line("public static string ToMermaid() => Mermaid;");
        }
    }
}
