using System.Text;
using Flowgen.Log.Tests.Simulation;
using FsCheck;
using FsCheck.Fluent;

namespace Flowgen.Log.Tests.Cleaning;

/// <summary>Random lives of a compacted topic against the plain list of what was appended.</summary>
public class CompactionProperties
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(150 * Scale.Factor).WithStartSize(20).WithEndSize(120);

    [Fact]
    public void Nothing_goes_that_may_not_and_in_what_is_compacted_each_key_has_one_record() =>
        Prop.ForAll<int[], int>((steps, randomness) =>
        {
            using var life = new Life(new Random(randomness));
            foreach (int step in steps)
                life.Step((step & int.MaxValue) % 12);
            life.Finish();
            return true;
        }).Check(Thorough);

    private sealed class Life : IDisposable
    {
        private readonly Random _random;
        private readonly CleaningLog _log;
        private readonly List<ModelRecord> _appended = [];
        private readonly Dictionary<long, DateTimeOffset> _firstCleaned = []; // when a run could first have met a record
        private readonly Dictionary<string, long> _seen = []; // newest offset of each key that the slow reader has met
        private PartitionReader _reader;

        public Life(Random random)
        {
            _random = random;
            _log = new CleaningLog(
                new TopicSettings(Cleanup: TopicCleanup.Compact)
                {
                    MinDirtyRatio = Pick(0, 0.3, 0.5),
                    MinCompactionLag = Pick(TimeSpan.Zero, TimeSpan.Zero, 3 * Hour),
                    TombstoneRetention = Pick(TimeSpan.Zero, 5 * Hour, 24 * Hour),
                    SegmentBytes = Pick<long>(1024, 4096, 16384),
                    Compression = Pick(TopicCompression.Producer, TopicCompression.Lz4, TopicCompression.Zstd),
                },
                o => o with { CompactionMemoryBytes = 4 << 10 });
            _reader = _log.Log.OpenReader(CleaningLog.Topic, 0, 0);
        }

        private Flowgen.Log.Storage.Partition Partition => _log.Log.State.GetPartition(CleaningLog.Topic, 0);

        public void Step(int kind)
        {
            switch (kind)
            {
                case < 4:
                    AppendVariable();
                    break;
                case 4 or 5:
                    AppendFixed();
                    break;
                case 6:
                    _log.Time.Advance(Hour * _random.Next(1, 8));
                    break;
                case 7:
                    _log.Reopen();
                    _reader.Dispose();
                    _reader = _log.Log.OpenReader(CleaningLog.Topic, 0, _reader.Position);
                    break;
                case 8 or 9:
                    ReadABit();
                    break;
                default:
                    Clean();
                    break;
            }
        }

        public void Finish()
        {
            Clean();
            Clean();
            while (ReadABit())
                continue;
            foreach (var newest in _appended.GroupBy(r => r.Key!).Select(g => g.Last()).Where(r => r.Value is not null))
                Assert.Equal(newest.Offset, _seen.GetValueOrDefault(newest.Key!, -1)); // whoever reads everything ends with the right state
        }

        public void Dispose()
        {
            _reader.Dispose();
            _log.Dispose();
        }

        private void AppendVariable()
        {
            var records = Enumerable.Range(0, _random.Next(1, 9)).Select(_ => new ModelRecord(
                $"k{_random.Next(Pick(3, 30))}",
                _random.Next(4) == 0 ? null : new string((char)('a' + _random.Next(26)), _random.Next(60)),
                _log.Now - _random.Next(1_000),
                _random.Next(5) == 0 ? " h:1" : "")).ToArray();
            _log.Append(records);
            Note(records);
        }

        // Values of 4 letters, of which the first 2 are the key.
        private void AppendFixed()
        {
            var records = Enumerable.Range(0, _random.Next(1, 12)).Select(_ => $"k{_random.Next(3)}v{_random.Next(9)}")
                .Select((value, i) => new ModelRecord(value[..2], value, _log.Now + i)).ToArray();
            var batch = new BatchBuilder();
            batch.StartFixed(0, new RecordLayout(4, -1, LogTimeUnit.Milliseconds, new KeyPart(0, 2, BigEndian: false)));
            Encoding.ASCII.GetBytes(string.Concat(records.Select(r => r.Value)), batch.AddFixed([.. records.Select(r => r.Timestamp)]));
            using var transaction = _log.Log.BeginTransaction();
            transaction.Append(CleaningLog.Topic, 0, batch);
            transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
            Note(records);
        }

        private void Note(IEnumerable<ModelRecord> records) => _appended.AddRange(records.Select((r, i) => r with { Offset = _appended.Count + i }).ToList());

        private void Clean()
        {
            long active = Partition.Segments.Count > 0 ? Partition.Segments[^1].BaseOffset : 0;
            foreach (var record in _appended.Where(r => r.Offset < active))
                _firstCleaned.TryAdd(record.Offset, _log.Time.GetUtcNow());
            _log.Clean();
            Check(active);
        }

        private void Check(long active)
        {
            var settings = Partition.Settings;
            var left = LogContent.Of(_log.Log).Partition(CleaningLog.Topic, 0).Records;
            Assert.Equal(left.Select(r => r.Offset), left.Select(r => r.Offset).Order());
            Assert.All(left, r => Assert.Equal(_appended[(int)r.Offset], r));
            var offsets = left.Select(r => r.Offset).ToHashSet();
            var newest = _appended.GroupBy(r => r.Key!).ToDictionary(g => g.Key, g => g.Last().Offset);
            foreach (var gone in _appended.Where(r => !offsets.Contains(r.Offset)))
            {
                Assert.True(gone.Offset < active, $"{gone} was in the active segment");
                Assert.True(settings.MinCompactionLag == TimeSpan.Zero || gone.Timestamp + settings.MinCompactionLag.TotalMilliseconds <= _log.Now, $"{gone} was too young");
                bool isOldTombstone = gone.Value is null && _log.Time.GetUtcNow() - _firstCleaned[gone.Offset] >= settings.TombstoneRetention;
                Assert.True(newest[gone.Key!] > gone.Offset || isOldTombstone, $"{gone} was the newest of its key");
            }

            var compacted = left.Where(r => r.Offset < Partition.CleanedTo).ToList();
            Assert.Equal(compacted.Count, compacted.DistinctBy(r => r.Key).Count());
            long from = _random.NextInt64(_log.Described.NextOffset + 1);
            Assert.Equal(left.Where(r => r.Offset >= from).Select(r => r.Offset), _log.Read(from).Select(r => long.Parse(r.Split(':')[0])));
        }

        private bool ReadABit()
        {
            if (!_reader.TryRead(out var batch))
                return false;
            for (int i = batch.FirstIndex; i < batch.Count; i++)
            {
                string key = Encoding.UTF8.GetString(batch[i].Key);
                Assert.Equal(_appended[(int)batch[i].Offset].Key, key);
                Assert.True(_seen.GetValueOrDefault(key, -1) < batch[i].Offset);
                _seen[key] = batch[i].Offset;
            }

            return true;
        }

        private T Pick<T>(params T[] of) => of[_random.Next(of.Length)];
    }
}
