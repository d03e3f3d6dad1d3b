using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Flowgen.Log;
using Flowgen.Tool.Output;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow verify</c>: checks everything, changes nothing.</summary>
internal static class VerifyCommand
{
    private static readonly JsonSerializerOptions Readable = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(ToolIo io, Option<DirectoryInfo> directory)
    {
        var json = new Option<bool>("--json") { Description = "Write the report as one JSON object" };
        var command = new Command("verify", "Check every checksum and invariant of a log, also while an app runs on it; 1 is returned if something is wrong") { json };
        command.SetAction((parsed, cancellation) =>
        {
            string path = LogDirectory.Find(parsed, directory);
            VerifyReport report = WorkProgress.Run(io, "verify", progress => FlowLog.Verify(path, progress, cancellation));
            try
            {
                using StreamWriter text = io.OpenText();
                if (parsed.GetValue(json))
                    WriteJson(text, report);
                else
                    WriteText(text, report);
            }
            catch (OutputClosedException)
            {
                // Whoever reads it has seen enough; the exit code says the rest.
            }

            return Task.FromResult(report.HasDefects ? 1 : 0);
        });
        return command;
    }

    private static void WriteText(StreamWriter text, VerifyReport report)
    {
        foreach (LogFinding finding in report.Findings)
        {
            string place = finding.Position is { } position ? string.Create(CultureInfo.InvariantCulture, $"{finding.Path} at {position}") : finding.Path;
            text.WriteLine($"{(finding.IsDefect ? "defect" : "note")}  {finding.Check}  {place}: {finding.Message}");
        }

        int defects = report.Findings.Count(finding => finding.IsDefect);
        string result = defects switch { 0 => "no defect", 1 => "1 defect", _ => string.Create(CultureInfo.InvariantCulture, $"{defects:N0} defects") };
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result} in {report.Records:N0} records, {report.Batches:N0} batches, {report.Segments:N0} segments ({Bytes.Format(report.Bytes)}), {report.Topics:N0} topics, up to commit {report.LastCommit:N0}"));
    }

    private static void WriteJson(StreamWriter text, VerifyReport report) => text.WriteLine(JsonSerializer.Serialize(report, Readable));
}
