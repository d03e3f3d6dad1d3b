using System.CommandLine;
using Flowgen.Log;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow produce TOPIC</c>: appends JSON lines from standard input.</summary>
internal static class ProduceCommand
{
    public static Command Create(ToolIo io, Option<DirectoryInfo> directory)
    {
        var topic = new Argument<string>("topic") { Description = "The topic" };
        var partition = new Option<int?>("--partition") { Description = "Append everything to this partition, instead of that of the key", HelpName = "number" };
        var create = new Option<int?>("--create") { Description = "Create the topic with this many partitions, where it is not there", HelpName = "partitions" };
        create.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > TopicSettings.MaxPartitions)
                result.AddError($"--create takes 1 to {TopicSettings.MaxPartitions} partitions");
        });
        var every = new Option<int?>("--commit-every")
        {
            Description = "Commit after so many lines. Default: all lines in one commit, so that a bad line leaves nothing behind; each line where they are typed",
            HelpName = "lines",
        };
        every.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1)
                result.AddError("--commit-every must be at least 1");
        });

        var command = new Command("produce", "Append records to a topic: JSON lines {\"key\",\"value\",\"headers\",\"timestamp\"} from standard input") { topic, partition, create, every };
        command.SetAction(async (parsed, cancellation) =>
        {
            using FlowLog log = parsed.GetValue(create) is null ? LogDirectory.Open(parsed, directory) : LogDirectory.OpenOrCreate(parsed, directory);
            var request = new ProduceRequest(
                parsed.GetRequiredValue(topic),
                parsed.GetValue(partition),
                parsed.GetValue(create),
                parsed.GetValue(every) ?? (io.InputIsTerminal ? 1 : int.MaxValue));
            await new ProduceRun(io, log, request).RunAsync(cancellation);
            return 0;
        });
        return command;
    }
}
