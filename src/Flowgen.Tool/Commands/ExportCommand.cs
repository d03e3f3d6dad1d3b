using System.CommandLine;
using System.Globalization;
using Flowgen.Log;
using Flowgen.Tool.Output;
using Flowgen.Tool.Records;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow export TOPIC</c>: everything that a topic holds now, so that <c>flow import</c> can bring it back.</summary>
internal static class ExportCommand
{
    private const int ReportEvery = 10_000;

    public static Command Create(ToolIo io, Option<DirectoryInfo> directory)
    {
        var topic = new Argument<string>("topic") { Description = "The topic" };
        var format = new Option<string>("--format") { Description = "json: one object for each line; csv: columns, with text as text, numbers as numbers, and JSON where something is nested", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "csv");
        var output = new Option<FileInfo?>("--output") { Description = "A new file instead of standard output", HelpName = "file" };
        var masked = new Option<bool>("--masked") { Description = "Export a topic with sensitive members, which are masked and cannot be brought back" };
        var command = new Command("export", "Write all records of a topic as JSON lines or CSV, also while an app runs on the log") { topic, format, output, masked };
        command.SetAction((parsed, cancellation) =>
        {
            using FlowLog log = LogDirectory.OpenToRead(parsed, directory);
            TopicDescription description = log.DescribeTopic(parsed.GetRequiredValue(topic));
            if (!parsed.GetValue(masked))
                RefuseSensitive(log, description.Name);
            bool isCsv = parsed.GetValue(format) == "csv";
            long count = parsed.GetValue(output) is { } file
                ? ToFile(io, file, stream => Export(io, log, description, stream, isCsv, cancellation))
                : Export(io, log, description, io.Output, isCsv, cancellation);
            io.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} records exported from '{description.Name}'"));
            return Task.FromResult(0);
        });
        return command;
    }

    private static void RefuseSensitive(FlowLog log, string topic)
    {
        var schemas = new TopicSchemas(log, topic);
        foreach (int id in log.SchemaIds(topic))
        {
            if (schemas.Find(id)?.Members.FirstOrDefault(member => member.IsSensitive) is { } member)
                throw new ToolException($"'{member.JsonName}' of topic '{topic}' is sensitive and would be masked: say --masked, or use 'flow backup', which keeps it");
        }
    }

    private static long ToFile(ToolIo io, FileInfo file, Func<Stream, long> export)
    {
        if (file.Exists)
            throw new ToolException($"'{file.FullName}' exists: name a new file");
        using FileStream stream = file.Open(FileMode.CreateNew, FileAccess.Write);
        long count = export(stream);
        stream.Flush(flushToDisk: true);
        return count;
    }

    private static long Export(ToolIo io, FlowLog log, TopicDescription topic, Stream output, bool isCsv, CancellationToken cancellation)
    {
        var schemas = new TopicSchemas(log, topic.Name);
        using var lines = isCsv ? null : new RecordLineWriter(output, topic.Name, schemas);
        using var csv = isCsv ? new CsvLines.Writer(output) : null;
        Action<PartitionCursor> write = cursor =>
        {
            lines?.Write(cursor);
            csv?.Write(cursor, schemas.Find(cursor.SchemaId));
        };
        PartitionDescription[] held = [.. Enumerable.Range(0, topic.Partitions).Select(partition => log.DescribePartition(topic.Name, partition))];
        return WorkProgress.Run(io, "export", progress => Export(log, topic.Name, held, write, progress, cancellation));
    }

    private static long Export(FlowLog log, string topic, PartitionDescription[] held, Action<PartitionCursor> write, IProgress<LogProgress> progress, CancellationToken cancellation)
    {
        long total = held.Sum(partition => partition.SizeInBytes);
        long done = 0;
        long count = 0;
        for (int partition = 0; partition < held.Length; partition++)
        {
            using var cursor = new PartitionCursor(log.OpenReader(topic, partition, held[partition].FirstOffset), partition);
            while (cursor.TryFill() && cursor.Current.Offset < held[partition].NextOffset)
            {
                cancellation.ThrowIfCancellationRequested();
                if (count % ReportEvery == 0)
                    progress.Report(new LogProgress(done + BytesBefore(cursor.Current.Offset, held[partition]), total, topic));
                write(cursor);
                cursor.Pass();
                count++;
            }

            done += held[partition].SizeInBytes;
            progress.Report(new LogProgress(done, total, topic));
        }

        return count;
    }

    // About, as if all records were of one size.
    private static long BytesBefore(long offset, PartitionDescription held) =>
        (long)((double)held.SizeInBytes * (offset - held.FirstOffset) / (held.NextOffset - held.FirstOffset));
}
