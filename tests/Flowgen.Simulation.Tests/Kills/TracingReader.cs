using System.Text;
using Flowgen.Log;
using Samples.Flights;

namespace Flowgen.Simulation.Tests.Kills;

/// <summary>A consumer in the app's own process: reads all flights and every result as soon as it is visible and writes down what it saw.
/// After a kill it goes on behind the last record that it wrote down.</summary>
internal sealed class TracingReader(FlowLog log, string trace)
{
    private readonly Dictionary<(string Topic, int Partition), PartitionReader> _readers = [];

    public async Task RunAsync(CancellationToken done)
    {
        Dictionary<(string, int), long> seen = Trace.Read(trace).GroupBy(sighting => (sighting.Topic, sighting.Partition)).ToDictionary(group => group.Key, group => group.Max(sighting => sighting.Offset));
        await using FileStream file = Trace.OpenToAppend(trace);
        while (true)
        {
            bool isLast = done.IsCancellationRequested;
            long version = log.CommitVersion;
            OpenReaders(seen);
            foreach (PartitionReader reader in _readers.Values) await NoteAsync(reader, file);
            if (isLast) break;
            await log.WaitForCommitAsync(version, done).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        foreach (PartitionReader reader in _readers.Values) reader.Dispose();
    }

    private void OpenReaders(Dictionary<(string Topic, int Partition), long> seen)
    {
        foreach (string topic in Topics.Results.Append(Topics.Flights))
        {
            if (_readers.ContainsKey((topic, 0)) || !log.TryDescribeTopic(topic, out TopicDescription? known)) continue;
            for (int partition = 0; partition < known.Partitions; partition++)
                _readers.Add((topic, partition), log.OpenReader(topic, partition, seen.TryGetValue((topic, partition), out long last) ? last + 1 : 0));
        }
    }

    private static async Task NoteAsync(PartitionReader reader, FileStream file)
    {
        while (reader.TryRead(out RecordBatch batch))
        {
            StringBuilder lines = new();
            for (int i = batch.FirstIndex; i < batch.Count; i++) lines.Append(Sighting.Of(in batch, i)).Append('\n');
            await file.WriteAsync(Encoding.UTF8.GetBytes(lines.ToString()));
        }
    }
}
