using System.CommandLine;
using Flowgen.Log;
using Flowgen.Tool.Groups;
using Flowgen.Tool.Output;
using Spectre.Console;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow group reset NAME --to PLACE</c>: moves a group to another place.</summary>
internal static class GroupResetCommand
{
    public static Command Create(ToolIo io, Option<DirectoryInfo> directory)
    {
        var name = new Argument<string>("name") { Description = "The group, or an app that does not run" };
        Option<OffsetSpec> to = To();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only show what would happen" };
        var chosen = new ChosenPartitions();
        var command = new Command("reset", "Move a group to another place in its topics") { name, to, dryRun };
        chosen.AddTo(command);
        command.SetAction(parsed =>
        {
            bool isDry = parsed.GetValue(dryRun);
            using FlowLog log = isDry ? LogDirectory.OpenToRead(parsed, directory) : LogDirectory.Open(parsed, directory);
            string group = parsed.GetRequiredValue(name);
            IReadOnlyList<TopicPartition>? partitions = chosen.Of(parsed, log);
            if (partitions is null)
                KnownGroup.Find(log, group);
            Show(io, log, group, log.ResetGroupOffsets(group, parsed.GetRequiredValue(to), partitions, isDry), isDry);
        });
        return command;
    }

    private static Option<OffsetSpec> To() => new("--to")
    {
        Description = "The place: beginning, end, an offset, a time such as 2001-01-31T12:00Z, or so many records back, such as -100",
        HelpName = OffsetSpecs.Form,
        Required = true,
        CustomParser = argument =>
        {
            if (OffsetSpecs.TryParse(argument.Tokens[0].Value, out OffsetSpec spec))
                return spec;
            argument.AddError($"'{argument.Tokens[0].Value}' is no place: use beginning, end, an offset, a time such as 2001-01-31T12:00Z, or -100 for 100 records back");
            return null;
        },
    };

    private static void Show(ToolIo io, FlowLog log, string group, IReadOnlyList<GroupOffsetReset> resets, bool isDry)
    {
        Table table = TableOutput.Create(
            io,
            TableOutput.Left("Topic"),
            TableOutput.Right("Partition"),
            TableOutput.Right("From"),
            TableOutput.Right("To"));
        foreach (GroupOffsetReset reset in resets)
        {
            table.AddRow(
                TableOutput.Cell(reset.Partition.Topic),
                TableOutput.Cell(reset.Partition.Partition),
                reset.From is { } from ? TableOutput.Cell(from) : TableOutput.Cell("-"),
                TableOutput.Cell(reset.To));
        }

        TableOutput.Write(io, table);
        using StreamWriter text = io.OpenText();
        if (isDry)
            text.WriteLine("Nothing was changed.");
        else if (KnownGroup.StateOf(log, group).Any())
            text.WriteLine($"App '{group}' keeps its state, and counts again what it reads again.");
    }
}
