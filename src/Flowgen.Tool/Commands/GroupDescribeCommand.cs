using System.CommandLine;
using Flowgen.Log;
using Flowgen.Tool.Groups;
using Flowgen.Tool.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow group describe NAME</c>: how far a group is in each partition.</summary>
internal static class GroupDescribeCommand
{
    public static Command Create(ToolIo io, Option<DirectoryInfo> directory)
    {
        var name = new Argument<string>("name") { Description = "The group; an app's group has its name" };
        var all = new Option<bool>("--all") { Description = "Internal topics too, such as changelogs" };
        var command = new Command("describe", "Show what a group has committed, and how far it is behind") { name, all };
        command.SetAction(parsed =>
        {
            using FlowLog log = LogDirectory.OpenToRead(parsed, directory);
            Run(io, log.DescribeGroup(KnownGroup.Find(log, parsed.GetRequiredValue(name))), parsed.GetValue(all));
        });
        return command;
    }

    private static void Run(ToolIo io, GroupDescription group, bool all)
    {
        Table table = TableOutput.Create(
            io,
            TableOutput.Left("Topic"),
            TableOutput.Right("Partition"),
            TableOutput.Right("First"),
            TableOutput.Right("Committed"),
            TableOutput.Right("End"),
            TableOutput.Right("Lag"),
            TableOutput.Left("Metadata"));
        foreach (GroupPartitionDescription partition in group.Partitions)
        {
            if (all || !KnownGroup.IsState(partition))
                table.AddRow(Cells(partition));
        }

        TableOutput.Write(io, table);
    }

    private static IRenderable[] Cells(GroupPartitionDescription partition) =>
    [
        TableOutput.Cell(partition.Partition.Topic),
        TableOutput.Cell(partition.Partition.Partition),
        TableOutput.Cell(partition.FirstOffset),
        partition.Committed is { } committed ? TableOutput.Cell(committed.Offset) : TableOutput.Cell("-"),
        TableOutput.Cell(partition.EndOffset),
        partition.Lag is { } lag ? TableOutput.Cell(lag) : TableOutput.Cell("-"),
        TableOutput.Cell(partition.Committed?.Metadata ?? ""),
    ];
}
