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
            foreach (GroupOffset offset in log.ListGroupOffsets(name).Where(offset => !IsInternal(offset.Topic)))
                table.AddRow(Cells(log, name, offset));
        }

        TableOutput.Write(io, table);
    }

    private static IRenderable[] Cells(FlowLog log, string group, GroupOffset offset)
    {
        long end = log.DescribePartition(offset.Topic, offset.Partition).NextOffset;
        return
        [
            TableOutput.Cell(group),
            TableOutput.Cell(offset.Topic),
            TableOutput.Cell(offset.Partition),
            TableOutput.Cell(offset.Committed.Offset),
            TableOutput.Cell(end),
            TableOutput.Cell(end - offset.Committed.Offset),
        ];
    }

    // An app's positions in its own changelogs say where a restart begins, not how far it is behind.
    private static bool IsInternal(string topic) => topic.StartsWith("__", StringComparison.Ordinal);
}
