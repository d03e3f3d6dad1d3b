using System.CommandLine;
using Flowgen.Log;
using Flowgen.Tool.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow topics</c>, which is <c>flow topic list</c>, too: what is in the log.</summary>
internal static class TopicsCommand
{
    public static Command Create(ToolIo io, Option<DirectoryInfo> directory, string name = "topics")
    {
        var all = new Option<bool>("--all") { Description = "Internal topics too, such as changelogs" };
        var command = new Command(name, "List the topics") { all };
        command.SetAction(parsed =>
        {
            using FlowLog log = LogDirectory.OpenToRead(parsed, directory);
            Run(io, log, parsed.GetValue(all));
        });
        return command;
    }

    private static void Run(ToolIo io, FlowLog log, bool all)
    {
        Table table = TableOutput.Create(
            io,
            TableOutput.Left("Topic"),
            TableOutput.Right("Partitions"),
            TableOutput.Right("Records"),
            TableOutput.Right("Size"),
            TableOutput.Left("Cleanup"));
        foreach (TopicDescription topic in log.ListTopics(all))
            table.AddRow(Cells(log, topic));
        TableOutput.Write(io, table);
    }

    private static IRenderable[] Cells(FlowLog log, TopicDescription topic)
    {
        PartitionDescription[] partitions = [.. Enumerable.Range(0, topic.Partitions).Select(partition => log.DescribePartition(topic.Name, partition))];
        return
        [
            TableOutput.Cell(topic.Name),
            TableOutput.Cell(topic.Partitions),
            TableOutput.Cell(partitions.Sum(partition => partition.Records)),
            TableOutput.Cell(Bytes.Format(partitions.Sum(partition => partition.SizeInBytes))),
            TableOutput.Cell(Words.Of(topic.Settings.Cleanup)),
        ];
    }
}
