using System.CommandLine;
using Flowgen.Log;
using Flowgen.Tool.Groups;
using Flowgen.Tool.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow lag</c>: how far the groups are behind the ends of the topics that they read.</summary>
internal static class LagCommand
{
    public static Command Create(ToolIo io, Option<DirectoryInfo> directory)
    {
        var group = new Option<string?>("--group") { Description = "Only this group; an app's group has its name", HelpName = "name" };
        var command = new Command("lag", "Show how far groups and apps are behind") { group };
        command.SetAction(parsed =>
        {
            using FlowLog log = LogDirectory.OpenToRead(parsed, directory);
            Run(io, log, parsed.GetValue(group));
        });
        return command;
    }

    private static void Run(ToolIo io, FlowLog log, string? group)
    {
        IReadOnlyList<string> groups = log.ListGroups();
        if (group is not null)
            KnownGroup.Find(log, group);

        Table table = TableOutput.Create(
            io,
            TableOutput.Left("Group"),
            TableOutput.Left("Topic"),
            TableOutput.Right("Partition"),
            TableOutput.Right("Committed"),
            TableOutput.Right("End"),
            TableOutput.Right("Lag"));
        foreach (string name in group is null ? groups : [group])
        {
            foreach (GroupPartitionDescription partition in log.DescribeGroup(name).Partitions)
            {
                if (partition.Committed is { } committed && !KnownGroup.IsState(partition))
                    table.AddRow(Cells(name, partition, committed));
            }
        }

        TableOutput.Write(io, table);
    }

    private static IRenderable[] Cells(string group, GroupPartitionDescription partition, CommittedOffset committed) =>
    [
        TableOutput.Cell(group),
        TableOutput.Cell(partition.Partition.Topic),
        TableOutput.Cell(partition.Partition.Partition),
        TableOutput.Cell(committed.Offset),
        TableOutput.Cell(partition.EndOffset),
        TableOutput.Cell(partition.Lag ?? 0),
    ];
}
