using System.CommandLine;
using System.Globalization;
using Flowgen.Log;
using Flowgen.Tool.Output;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow backup</c>, <c>flow restore</c> and <c>flow salvage</c>: a log from a log.</summary>
internal static class BackupCommand
{
    public static Command CreateBackup(ToolIo io, Option<DirectoryInfo> directory)
    {
        Argument<DirectoryInfo> target = Target("A new or empty directory for the backup, best on another disk");
        var command = new Command("backup", "Copy the log as it is at one commit, also while an app runs on it") { target };
        command.SetAction((parsed, cancellation) =>
        {
            using FlowLog log = LogDirectory.OpenToRead(parsed, directory);
            string path = parsed.GetRequiredValue(target).FullName;
            BackupReport report = WorkProgress.Run(io, "backup", progress => log.BackupAsync(path, progress, cancellation).GetAwaiter().GetResult());
            Write(io, string.Create(CultureInfo.InvariantCulture, $"backup of {report.Segments:N0} segments ({Bytes.Format(report.Bytes)}, {Bytes.Format(report.LinkedBytes)} of them shared with the log as hard links) up to commit {report.LastCommit:N0} in '{path}'"));
            return Task.FromResult(0);
        });
        return command;
    }

    public static Command CreateRestore(ToolIo io, Option<DirectoryInfo> directory)
    {
        var backup = new Argument<DirectoryInfo>("backup") { Description = "The backup" };
        var command = new Command("restore", "Verify a backup and copy it to --dir, which must be new or empty") { backup };
        command.SetAction((parsed, cancellation) =>
        {
            string path = parsed.GetValue(directory)!.FullName;
            BackupReport report = WorkProgress.Run(io, "restore", progress => FlowLog.Restore(parsed.GetRequiredValue(backup).FullName, path, progress, cancellation));
            Write(io, string.Create(CultureInfo.InvariantCulture, $"{report.Segments:N0} segments ({Bytes.Format(report.Bytes)}) up to commit {report.LastCommit:N0} restored to '{path}'"));
            return Task.FromResult(0);
        });
        return command;
    }

    public static Command CreateSalvage(ToolIo io, Option<DirectoryInfo> directory)
    {
        Argument<DirectoryInfo> target = Target("A new or empty directory for what is whole; the damaged log stays as it is");
        var fromSegments = new Option<bool>("--from-segments") { Description = "Take every whole batch for committed, where no commit file can be read: uncommitted records may be among them; settings, schemas and offsets of groups are lost" };
        var command = new Command("salvage", "Copy what is whole of a damaged log, and say what is lost") { target, fromSegments };
        command.SetAction((parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(target).FullName;
            string log = LogDirectory.Find(parsed, directory);
            SalvageReport report = WorkProgress.Run(io, "salvage", progress => parsed.GetValue(fromSegments)
                ? FlowLog.SalvageFromSegments(log, path, progress, cancellation)
                : FlowLog.Salvage(log, path, progress, cancellation));
            Write(io, report, path);
            return Task.FromResult(0);
        });
        return command;
    }

    private static Argument<DirectoryInfo> Target(string description) => new("directory") { Description = description };

    private static void Write(ToolIo io, SalvageReport report, string path)
    {
        using StreamWriter text = io.OpenText();
        foreach (LogFinding finding in report.Findings)
            text.WriteLine($"{(finding.IsDefect ? "defect" : "note")}  {finding.Check}  {finding.Path}: {finding.Message}");
        foreach (LostRange lost in report.Lost)
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"lost  {lost.Topic}-{lost.Partition}  offsets {lost.FirstOffset} to {lost.NextOffset - 1}: {lost.Reason}"));
        foreach (TopicPartition uncertain in report.Uncertain)
            text.WriteLine($"uncertain  {uncertain.Topic}-{uncertain.Partition}: records that were never committed, or had been deleted, may be among those kept");
        long count = report.Lost.Sum(lost => lost.NextOffset - lost.FirstOffset);
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Records:N0} records ({Bytes.Format(report.Bytes)}) kept in '{path}'; {(count == 0 ? "none" : count.ToString("N0", CultureInfo.InvariantCulture))} lost"));
    }

    private static void Write(ToolIo io, string line)
    {
        using StreamWriter text = io.OpenText();
        text.WriteLine(line);
    }
}
