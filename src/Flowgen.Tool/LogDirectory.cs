using System.CommandLine;
using Flowgen.Log;

namespace Flowgen.Tool;

/// <summary>The log that <c>--dir</c> names.</summary>
internal static class LogDirectory
{
    // Its owner may allow larger batches than is usual.
    private static readonly FlowLogOptions Anything = new() { MaxBatchBytes = 1 << 30 };

    /// <summary>Opens a log that exists, to change it. No other process may have it open.</summary>
    public static FlowLog Open(ParseResult parsed, Option<DirectoryInfo> option) => FlowLog.Open(Find(parsed, option));

    /// <summary>Opens a log to look at it, also while an app runs on it. Nothing is changed.</summary>
    public static FlowLog OpenToRead(ParseResult parsed, Option<DirectoryInfo> option) => FlowLog.OpenReadOnly(Find(parsed, option), Anything);

    /// <summary>The directory of a log that exists: looking at a log never makes one.</summary>
    public static string Find(ParseResult parsed, Option<DirectoryInfo> option)
    {
        DirectoryInfo directory = parsed.GetValue(option)!;
        if (!directory.Exists || !directory.EnumerateFileSystemInfos().Any())
            throw new ToolException($"there is no log in '{directory.FullName}': name its directory with --dir");
        return directory.FullName;
    }

    public static FlowLog OpenOrCreate(ParseResult parsed, Option<DirectoryInfo> option) => FlowLog.Open(parsed.GetValue(option)!.FullName);
}
