using System.CommandLine;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow group</c>: what groups and apps have read, and where they go on.</summary>
internal static class GroupCommand
{
    public static Command Create(ToolIo io, Option<DirectoryInfo> directory) => new("group", "Look at consumer groups and apps, move them, delete them")
    {
        GroupListCommand.Create(io, directory),
        GroupDescribeCommand.Create(io, directory),
        GroupResetCommand.Create(io, directory),
        GroupDeleteCommand.Create(io, directory),
    };
}
