using System.CommandLine;
using Flowgen.Log;

namespace Flowgen.Tool;

/// <summary>The log that <c>--dir</c> names.</summary>
internal static class LogDirectory
{
    /// <summary>Opens a log that exists: looking at a log never makes one.</summary>
    public static FlowLog Open(ParseResult parsed, Option<DirectoryInfo> option)
    {
        DirectoryInfo directory = parsed.GetValue(option)!;
        if (!directory.Exists || !directory.EnumerateFileSystemInfos().Any())
            throw new ToolException($"there is no log in '{directory.FullName}': name its directory with --dir");
        return FlowLog.Open(directory.FullName);
    }

    public static FlowLog OpenOrCreate(ParseResult parsed, Option<DirectoryInfo> option) => FlowLog.Open(parsed.GetValue(option)!.FullName);
}
