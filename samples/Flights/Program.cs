using System.CommandLine;
using Flowgen.Log;
using Flowgen.Runtime;
using Samples.Flights;

var directory = new Option<string>("--dir") { Description = "The directory of the log", HelpName = "path", DefaultValueFactory = _ => SampleFiles.Log };
var reset = new Option<bool>("--reset") { Description = "Delete the log and start over" };
var data = new Option<string>("--data") { Description = "A JSON array of flights", HelpName = "file", DefaultValueFactory = _ => SampleFiles.Flights };
var partitions = new Option<int?>("--partitions") { Description = "Partitions of every topic of a new log [default: 6]", HelpName = "count" };
var workers = new Option<int?>("--workers") { Description = "Threads that work [default: one for each core]", HelpName = "count" };
foreach (Option<int?> count in new[] { partitions, workers })
    count.Validators.Add(result => { if (result.GetValueOrDefault<int?>() is < 1 or > 4096) result.AddError($"{count.Name} must be 1 to 4096"); });

var command = new RootCommand("Loads real flights into an embedded log, runs an app over them, and shows the busiest airports") { directory, reset, data, partitions, workers };
command.SetAction(async (parsed, cancellation) =>
{
    var options = new Options(
        Path.GetFullPath(parsed.GetValue(directory)!),
        parsed.GetValue(reset),
        Path.GetFullPath(parsed.GetValue(data)!),
        parsed.GetValue(partitions),
        parsed.GetValue(workers));
    try
    {
        await new FlightsRun(options).RunAsync(cancellation);
        return 0;
    }
    catch (OperationCanceledException)
    {
        await Console.Error.WriteLineAsync("Stopped. What was committed stays; run again to go on.");
        return 130;
    }
    catch (Exception mistake) when (mistake is TopicMismatchException or StateLayoutException)
    {
        await Console.Error.WriteLineAsync($"{mistake.Message} Or start over with --reset.");
        return 1;
    }
    catch (Exception mistake) when (mistake is FlightFileException or UnfinishedLoadException or FlowLogException or RecordFormatException or StageFailedException or IOException or UnauthorizedAccessException)
    {
        await Console.Error.WriteLineAsync(mistake.Message);
        return 1;
    }
});
return await command.Parse(args).InvokeAsync();
