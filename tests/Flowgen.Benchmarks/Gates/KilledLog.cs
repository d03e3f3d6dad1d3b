using System.Diagnostics;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Gates;

/// <summary>A log whose process was killed while it was appending: another process fills it.</summary>
internal static class KilledLog
{
    /// <summary>The argument with which this program fills a log.</summary>
    public const string Argument = "fill-until-killed";

    private const string Ready = "ready";
    private const long SmallBytes = 48 << 20; // of the 64 MiB at which a commit file is full

    /// <summary>Starts a process that fills a log, and kills it when the log has so many bytes.</summary>
    public static void Fill(string path, int partitions, long bytes)
    {
        using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Program(), Argument, path, $"{partitions}", $"{bytes}"]) { RedirectStandardOutput = true })!;
        string? line = process.StandardOutput.ReadLine();
        process.Kill();
        process.WaitForExit();
        if (line != Ready) throw new InvalidOperationException($"The process that fills the log ended with '{line}'");
    }

    /// <summary>What the other process does: large commits, then small ones for ever; it is ready when those have filled most of a commit file.</summary>
    public static void Run(string path, int partitions, long bytes)
    {
        const int small = 1_000;
        FlowLog log = FlowLog.Open(path);
        log.EnsureTopic("records", new TopicSettings(Partitions: partitions));
        int bytesEach = (int)Math.Max(small, (32 << 20) / partitions);
        for (long written = 0; written < bytes; written += (long)partitions * bytesEach)
            AppendToAll(log, partitions, bytesEach);
        bool isReady = false;
        for (long journaled = 0; ; journaled += (long)partitions * small)
        {
            AppendToAll(log, partitions, small);
            if (isReady || journaled < SmallBytes) continue;
            isReady = true;
            Console.WriteLine(Ready);
        }
    }

    /// <summary>What comes before the arguments: nothing for the program itself, its assembly where it runs under <c>dotnet</c>.</summary>
    private static string[] Program() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(KilledLog).Assembly.Location] : [];

    /// <summary>Commits one transaction that appends bytes to each of the first partitions.</summary>
    public static void AppendToAll(FlowLog log, int partitions, int bytesEach)
    {
        using LogTransaction transaction = log.BeginTransaction();
        BatchBuilder batch = new();
        byte[] value = new byte[Math.Min(bytesEach, 100_000)];
        for (int written = 0; written < bytesEach; written += value.Length)
            batch.Add(0, default, keyIsNull: true, value, valueIsNull: false);
        for (int partition = 0; partition < partitions; partition++)
            transaction.Append("records", partition, batch);
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }
}
