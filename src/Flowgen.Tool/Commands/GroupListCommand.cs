using System.CommandLine;
using Flowgen.Log;
using Flowgen.Tool.Groups;
using Flowgen.Tool.Output;
using Spectre.Console;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow group list</c>: the groups and apps of a log.</summary>
internal static class GroupListCommand
{
    public static Command Create(ToolIo io, Option<DirectoryInfo> directory)
    {
        var command = new Command("list", "List the groups and apps that have committed something");
        command.SetAction(parsed =>
        {
            using FlowLog log = LogDirectory.OpenToRead(parsed, directory);
            Run(io, log);
        });
        return command;
    }

    private static void Run(ToolIo io, FlowLog log)
    {
        Table table = TableOutput.Create(
            io,
            TableOutput.Left("Group"),
            TableOutput.Right("Topics"),
            TableOutput.Right("Partitions"),
            TableOutput.Right("Lag"));
        foreach (GroupDescription group in log.ListGroups().Select(log.DescribeGroup))
        {
            GroupPartitionDescription[] read = [.. group.Partitions.Where(partition => !KnownGroup.IsState(partition))];
            table.AddRow(
                TableOutput.Cell(group.Name),
                TableOutput.Cell(read.Select(partition => partition.Partition.Topic).Distinct().Count()),
                TableOutput.Cell(read.Length),
                TableOutput.Cell(group.Lag));
        }

        TableOutput.Write(io, table);
    }
}
