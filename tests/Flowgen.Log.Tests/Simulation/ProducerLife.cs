using System.Globalization;
using Flowgen.Log.Files;
using Flowgen.Log.Tests.Clients;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>
/// Two producers that send numbered records to the same partitions, through as many lives of the log as it takes: after each crash they are
/// resumed with what they were not told to be committed. In the end each record is there once, in the order of its producer.
/// </summary>
internal sealed class ProducerLife
{
    private const int Rounds = 8;
    private const int Partitions = 2;
    private readonly ProducerOptions _options = new() { Linger = TimeSpan.FromMinutes(1), BatchBytes = 1024, RetryBackoff = TimeSpan.FromMilliseconds(1), Compression = CompressionType.Lz4 };
    private readonly List<Producer> _producers = [];
    private readonly List<SendResult> _sent = [];
    private int _steps; // done so far
    private bool _areClosed;
    private FlowLog? _log;

    /// <summary>Runs until the end, or until the log takes nothing any more.</summary>
    public bool Run(IFileSystem files)
    {
        try
        {
            Open(files);
            foreach (var step in Steps().Skip(_steps).ToList())
            {
                step();
                _steps++; // a record that was refused is sent again
            }

            foreach (var producer in _areClosed ? [] : _producers)
                producer.Flush();
            if (!_areClosed)
                _producers.ForEach(p => p.Dispose());
            _areClosed = true;
            _log!.Dispose();
            return true;
        }
        catch (Exception e) when (e is SimulatedCrashException or FlowLogException or IOException)
        {
            return false;
        }
    }

    /// <summary>What is wrong with the log at the end, or null.</summary>
    public string? Check(IFileSystem files)
    {
        using var log = Scenario.Open(files);
        for (int partition = 0; partition < Partitions; partition++)
        {
            var stored = Read(log, partition);
            for (int producer = 0; producer < 2; producer++)
            {
                var expected = Enumerable.Range(0, Rounds).SelectMany(round => Values(producer, partition, round));
                if (!stored.Where(v => v.StartsWith($"{producer}:", StringComparison.Ordinal)).SequenceEqual(expected))
                    return $"partition {partition} holds {string.Join(' ', stored)}";
            }
        }

        return _sent.All(s => s.Committed.IsCompletedSuccessfully) ? null : "a record that was sent is not told to be committed";
    }

    private void Open(IFileSystem files)
    {
        _log?.Metrics.Dispose(); // of the process that was killed
        _log = Scenario.Open(files, Scenario.Options with { JournalBelowBytes = 256 });
        _log.EnsureTopic("t", new TopicSettings(Partitions));
        for (int i = 0; i < _producers.Count && !_areClosed; i++)
            _producers[i] = _log.ResumeProducer(_producers[i]);
        while (_producers.Count < 2)
            _producers.Add(_log.CreateProducer(_options));
    }

    // Batches of two rounds wait for the same commit, so that one flush makes several of them. Records come one by one and as batches in turn.
    private IEnumerable<Action> Steps()
    {
        for (int round = 0; round < Rounds; round++)
        {
            foreach (var (producer, partition) in (IEnumerable<(int, int)>)[(0, 0), (0, 1), (1, 0), (1, 1)])
            {
                var values = Values(producer, partition, round);
                if ((producer + round) % 2 == 1)
                    yield return () => _sent.Add(_producers[producer].Send("t", partition, LogTestExtensions.Batch([.. values])));
                foreach (string value in (producer + round) % 2 == 0 ? values : [])
                    yield return () => _sent.Add(_producers[producer].Send("t", partition, value));
            }

            int flushed = round / 2 % 2;
            if (round % 2 == 1)
                yield return () => _producers[flushed].Flush();
        }
    }

    private static IEnumerable<string> Values(int producer, int partition, int round) =>
        Enumerable.Range(0, 3).Select(i => string.Create(CultureInfo.InvariantCulture, $"{producer}:{partition}:{round}:{i}:{new string('x', 20)}"));

    private static List<string> Read(FlowLog log, int partition)
    {
        using var reader = log.OpenReader("t", partition, 0);
        var values = new List<string>();
        while (reader.TryRead(out var batch))
        {
            for (int i = 0; i < batch.Count; i++)
                values.Add(System.Text.Encoding.UTF8.GetString(batch[i].Value));
        }

        return values;
    }
}
