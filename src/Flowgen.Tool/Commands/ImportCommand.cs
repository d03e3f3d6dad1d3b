using System.CommandLine;
using Flowgen.Log;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow import TOPIC</c>: brings back what <c>flow export</c> has written.</summary>
internal static class ImportCommand
{
    public static Command Create(ToolIo io, Option<DirectoryInfo> directory)
    {
        var topic = new Argument<string>("topic") { Description = "The topic; it must exist" };
        var format = new Option<string>("--format") { Description = "json: one object for each line; csv: columns, with text as text, numbers as numbers, and JSON where something is nested", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "csv");
        var input = new Option<FileInfo?>("--input") { Description = "A file instead of standard input", HelpName = "file" };
        var keep = new Option<bool>("--keep-partitions") { Description = "Append each record to the partition that its line names, instead of that of the key" };
        var every = new Option<int>("--commit-every") { Description = "Commit after so many records", HelpName = "records", DefaultValueFactory = _ => 10_000 };
        var from = new Option<long>("--from-line") { Description = "Go on at this line, after an import that has stopped there", HelpName = "line", DefaultValueFactory = _ => 1 };
        var name = new Option<string?>("--name") { Description = "Note under this name, in the commits themselves, how far the import has come: run again with it, also after a kill, it goes on behind the last line that was imported. 'flow group delete' forgets it", HelpName = "name" };
        every.Validators.Add(result => RefuseBelowOne(result.GetValueOrDefault<int>(), "--commit-every", result.AddError));
        from.Validators.Add(result => RefuseBelowOne(result.GetValueOrDefault<long>(), "--from-line", result.AddError));
        var command = new Command("import", "Append records from JSON lines or CSV, as export writes them. What is committed stays: run again without --name or --from-line, it imports everything again") { topic, format, input, keep, every, from, name };
        command.SetAction(async (parsed, cancellation) =>
        {
            using FlowLog log = LogDirectory.Open(parsed, directory);
            var request = new ImportRequest(parsed.GetRequiredValue(topic), parsed.GetValue(format) == "csv", parsed.GetValue(keep), parsed.GetValue(every), parsed.GetValue(from), parsed.GetValue(name));
            using Stream? file = parsed.GetValue(input)?.OpenRead();
            await new ImportRun(io, log, request).RunAsync(file ?? io.Input, cancellation);
            return 0;
        });
        return command;
    }

    private static void RefuseBelowOne(long number, string option, Action<string> addError)
    {
        if (number < 1)
            addError($"{option} must be at least 1");
    }
}
