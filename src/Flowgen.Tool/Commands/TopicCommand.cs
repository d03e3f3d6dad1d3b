using System.CommandLine;
using Flowgen.Log;
using Flowgen.Runtime;
using Flowgen.Tool.Output;
using Flowgen.Tool.Records;
using Flowgen.Tool.Topics;
using Spectre.Console;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow topic NAME</c>, which is <c>flow topic describe NAME</c>, too: what one topic is and holds; and the commands that change one.</summary>
internal static class TopicCommand
{
    public static Command Create(ToolIo io, Option<DirectoryInfo> directory)
    {
        var command = new Command("topic", "Show a topic: its settings, its partitions and its schema; or create, alter or delete it")
        {
            TopicsCommand.Create(io, directory, "list"),
            Describe(io, directory),
            TopicChanges.Create(io, directory),
            TopicChanges.Alter(io, directory),
            TopicChanges.Delete(io, directory),
        };
        ShowTopic(command, io, directory);
        return command;
    }

    private static Command Describe(ToolIo io, Option<DirectoryInfo> directory)
    {
        var command = new Command("describe", "Show a topic: its settings, its partitions and its schema");
        ShowTopic(command, io, directory);
        return command;
    }

    private static void ShowTopic(Command command, ToolIo io, Option<DirectoryInfo> directory)
    {
        var name = new Argument<string>("name") { Description = "The topic" };
        command.Add(name);
        command.SetAction(parsed =>
        {
            using FlowLog log = LogDirectory.OpenToRead(parsed, directory);
            Run(io, log, log.DescribeTopic(parsed.GetRequiredValue(name)));
        });
    }

    private static void Run(ToolIo io, FlowLog log, TopicDescription topic)
    {
        var schemas = new TopicSchemas(log, topic.Name);
        RecordSchema? schema = schemas.Find(schemas.NewestId);
        using (StreamWriter text = io.OpenText())
        {
            text.WriteLine($"{topic.Name}: {(schema is null ? "records without schema" : schema.Name)}, cleanup {Words.Of(topic.Settings.Cleanup)}, retention {Words.OfRetention(topic.Settings.Retention)}");
            foreach (TopicConfig config in TopicConfig.All.Where(c => c.Name is not ("cleanup.policy" or "retention.ms") && c.Show(topic.Settings) != c.Show(new TopicSettings())))
                text.WriteLine($"  {config.Name}={config.Show(topic.Settings)}");
            text.WriteLine();
        }

        TableOutput.Write(io, Partitions(io, log, topic));
        if (schema is null)
            return;
        using (StreamWriter text = io.OpenText())
            text.WriteLine();
        TableOutput.Write(io, Members(io, schema));
    }

    private static Table Partitions(ToolIo io, FlowLog log, TopicDescription topic)
    {
        Table table = TableOutput.Create(
            io,
            TableOutput.Right("Partition"),
            TableOutput.Right("First offset"),
            TableOutput.Right("Next offset"),
            TableOutput.Right("Bytes"));
        for (int partition = 0; partition < topic.Partitions; partition++)
        {
            PartitionDescription held = log.DescribePartition(topic.Name, partition);
            table.AddRow(
                TableOutput.Cell(partition),
                TableOutput.Cell(held.FirstOffset),
                TableOutput.Cell(held.NextOffset),
                TableOutput.Cell(held.SizeInBytes));
        }

        return table;
    }

    private static Table Members(ToolIo io, RecordSchema schema)
    {
        Table table = TableOutput.Create(
            io,
            TableOutput.Right("Field"),
            TableOutput.Left("Member"),
            TableOutput.Left("Type"),
            TableOutput.Left("Meaning"));
        foreach (RecordMember member in schema.Members)
        {
            table.AddRow(
                TableOutput.Cell(member.Number),
                TableOutput.Cell(member.JsonName),
                TableOutput.Cell($"{member.Type}{(member.IsNullable ? "?" : "")}"),
                TableOutput.Cell(string.Join(", ", Meanings(schema, member))));
        }

        return table;
    }

    private static IEnumerable<string> Meanings(RecordSchema schema, RecordMember member)
    {
        if (member.KeyOrder >= 0)
            yield return schema.Key.Length == 1 ? "key" : $"key, part {member.KeyOrder + 1}";
        if (member.EventTime is not null)
            yield return "event time";
        if (member.Header is not null)
            yield return $"header '{member.Header}'";
        if (member.IsComputed)
            yield return "computed";
        if (member.IsSensitive)
            yield return "sensitive";
    }
}
