using System.CommandLine;
using Flowgen.Log;
using Flowgen.Tool.Records;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow consume TOPIC</c>: prints records, oldest first.</summary>
internal static class ConsumeCommand
{
    public static Command Create(ToolIo io, Option<DirectoryInfo> directory)
    {
        var topic = new Argument<string>("topic") { Description = "The topic" };
        var from = new Option<StartPosition?>("--from")
        {
            Description = "Where to start: beginning, end, an offset, or a time such as 2001-01-31T12:00Z. Default: where the group stands, else the beginning",
            HelpName = "beginning|end|offset|time",
            CustomParser = argument =>
            {
                if (StartPosition.TryParse(argument.Tokens[0].Value, out StartPosition position))
                    return position;
                argument.AddError($"'{argument.Tokens[0].Value}' is no place to start: use beginning, end, an offset, or a time such as 2001-01-31T12:00Z");
                return null;
            },
        };
        var partition = new Option<int?>("--partition") { Description = "Only this partition", HelpName = "number" };
        var group = new Option<string?>("--group") { Description = "Go on where this group stands, and commit what was printed; no app may run on the log meanwhile", HelpName = "name" };
        var follow = new Option<bool>("--follow") { Description = "Wait for more at the end" };
        var format = new Option<string>("--format") { Description = "json: one object for each line; table: for people", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "table");
        var max = new Option<long?>("--max") { Description = "Stop after so many records", HelpName = "count" };
        max.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long?>() < 0)
                result.AddError("--max must not be negative");
        });

        var command = new Command("consume", "Print the records of a topic") { topic, from, partition, group, follow, format, max };
        command.SetAction(async (parsed, cancellation) =>
        {
            // Only a group's position is written; without one the log can belong to an app that runs.
            using FlowLog log = parsed.GetValue(group) is null ? LogDirectory.OpenToRead(parsed, directory) : LogDirectory.Open(parsed, directory);
            var request = new ConsumeRequest(
                parsed.GetRequiredValue(topic),
                parsed.GetValue(from),
                parsed.GetValue(partition),
                parsed.GetValue(group),
                parsed.GetValue(follow),
                parsed.GetValue(format) == "table",
                parsed.GetValue(max) ?? long.MaxValue);
            await new ConsumeRun(io, log, request).RunAsync(cancellation);
            return 0;
        });
        return command;
    }
}
