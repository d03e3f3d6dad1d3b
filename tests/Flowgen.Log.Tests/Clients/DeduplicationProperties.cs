using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;
using FsCheck;
using FsCheck.Fluent;

namespace Flowgen.Log.Tests.Clients;

/// <summary>Any sequence of batches, repetitions, gaps, epochs and restarts gives what a plain list of the batches says.</summary>
public class DeduplicationProperties
{
    private const int Producers = 3;

    [Fact]
    public void The_log_takes_refuses_and_remembers_batches_as_a_plain_list_of_them_says() =>
        Prop.ForAll<byte[]>(Replay).Check(Config.QuickThrowOnFailure.WithMaxTest(150 * Scale.Factor).WithEndSize(120));

    private static void Replay(byte[] steps)
    {
        var disk = new SimulatedFileSystem();
        var log = Open(disk);
        log.CreateTopic("t", new TopicSettings());
        long[] ids = [.. Enumerable.Range(0, Producers).Select(_ => log.AllocateProducerId())];
        var models = ids.Select(id => new Model(id)).ToList();
        var expected = new List<string>();
        foreach (byte step in steps)
        {
            var model = models[step % Producers];
            int kind = step / Producers % 8;
            if (kind == 7)
            {
                if (step % 2 == 0)
                    log.Dispose();
                log = Open(new AfterKill(disk));
                continue;
            }

            var (stamp, values) = model.Batch(kind, step);
            Assert.Equal(model.Outcome(stamp, values, expected), Append(log, stamp, values));
        }

        Assert.Equal(expected, log.ReadAll("t", 0));
    }

    private static string Append(FlowLog log, ProducerStamp stamp, string[] values)
    {
        using var transaction = log.BeginTransaction();
        transaction.Append("t", 0, LogTestExtensions.Batch(values), stamp);
        try
        {
            transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
            return $"at {transaction.AppendedOffset("t", 0, stamp)}";
        }
        catch (FlowLogException e)
        {
            return e.GetType().Name;
        }
    }

    private static FlowLog Open(IFileSystem files) => FlowLog.Open("/log", new FlowLogOptions { TimeProvider = new FixedTime() }, files, CommitMode.Inline);

    /// <summary>One producer: all batches of its newest epoch, with their offsets.</summary>
    private sealed class Model(long id)
    {
        private readonly List<(int Sequence, int Records, long Offset)> _batches = [];
        private short _epoch;
        private int _next;

        public (ProducerStamp Stamp, string[] Values) Batch(int kind, int step)
        {
            int records = 1 + (step % 3);
            var again = _batches.Count > 0 ? _batches[^Math.Min(_batches.Count, 1 + (step % 4))] : (0, records, -1);
            return kind switch
            {
                0 or 1 or 2 => (new ProducerStamp(id, _epoch, _next), Values(_epoch, _next, records)),
                3 => (new ProducerStamp(id, _epoch, again.Item1), Values(_epoch, again.Item1, again.Item2)),
                4 => (new ProducerStamp(id, _epoch, _next + 1), Values(_epoch, _next + 1, records)),
                5 => (new ProducerStamp(id, (short)(_epoch + 1), 0), Values((short)(_epoch + 1), 0, records)),
                _ => (new ProducerStamp(id, (short)Math.Max(0, _epoch - 1), 0), Values((short)Math.Max(0, _epoch - 1), 0, records)),
            };
        }

        public string Outcome(ProducerStamp stamp, string[] values, List<string> log)
        {
            if (stamp.Epoch < _epoch && _batches.Count > 0)
                return nameof(ProducerFencedException);
            if (stamp.Epoch > _epoch)
            {
                _batches.Clear();
                (_epoch, _next) = (stamp.Epoch, 0);
            }

            if (stamp.Sequence == _next)
            {
                _batches.Add((_next, values.Length, log.Count));
                _next += values.Length;
                log.AddRange(values);
                return $"at {_batches[^1].Offset}";
            }

            return Find(stamp.Sequence, values.Length) is { } offset ? $"at {offset}" : nameof(OutOfOrderSequenceException);
        }

        // Batches that follow each other without a record of another producer in between are one run, and a part of it is known, too.
        private long? Find(int sequence, int records)
        {
            var first = _batches.FindIndex(b => b.Sequence <= sequence && sequence < b.Sequence + b.Records);
            if (first < 0)
                return null;
            long offset = _batches[first].Offset + sequence - _batches[first].Sequence;
            for (int i = first, left = records - (_batches[first].Sequence + _batches[first].Records - sequence); left > 0; left -= _batches[++i].Records)
            {
                if (i + 1 == _batches.Count || _batches[i + 1].Offset != _batches[i].Offset + _batches[i].Records)
                    return null;
            }

            return IsRemembered(first) ? offset : null;
        }

        private bool IsRemembered(int batch)
        {
            int runs = 1;
            for (int i = _batches.Count - 1; i > batch; i--)
            {
                if (_batches[i].Offset != _batches[i - 1].Offset + _batches[i - 1].Records)
                    runs++;
            }

            return runs <= Storage.ProducerState.MaxRuns;
        }

        private string[] Values(short epoch, int sequence, int records) =>
            [.. Enumerable.Range(sequence, records).Select(i => $"{id}:{epoch}:{i}")];
    }
}
