using System.CommandLine;
using Flowgen.Log;
using Flowgen.Tool.Groups;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow group delete NAME</c>: forgets what a group has committed.</summary>
internal static class GroupDeleteCommand
{
    public static Command Create(ToolIo io, Option<DirectoryInfo> directory)
    {
        var name = new Argument<string>("name") { Description = "The group, or an app that does not run" };
        var chosen = new ChosenPartitions();
        var command = new Command("delete", "Delete a group, or what it has committed for a topic") { name };
        chosen.AddTo(command);
        command.SetAction(parsed =>
        {
            using FlowLog log = LogDirectory.Open(parsed, directory);
            string group = KnownGroup.Find(log, parsed.GetRequiredValue(name));
            if (chosen.Of(parsed, log) is { } partitions)
                log.DeleteGroupOffsets(group, partitions);
            else
                log.DeleteGroup(group);
            using StreamWriter text = io.OpenText();
            text.WriteLine($"{group}: {(log.ListGroups().Contains(group) ? "offsets " : "")}deleted");
            if (KnownGroup.StateOf(log, group).ToList() is { Count: > 0 } state)
                text.WriteLine($"Its state in {string.Join(", ", state)} is not used any more: the app starts anew. Delete these topics to have their room.");
        });
        return command;
    }
}
