using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>Writes to the log and reads from it as an engine with a bug would; without one, as it is told.</summary>
internal sealed class BuggyEngine(EmbeddedLog log, EngineBug bug, Random random)
{
    private Transaction? _heldBack;
    private int _open;

    /// <summary>Whether all that is there of a changelog is dropped where only a part of it may be.</summary>
    public bool DropsTooMuch => bug == EngineBug.ChangesAreDroppedTooEarly;

    private EngineBug Bug => bug;

    private Random Random => random;

    private EmbeddedLog Log => log;

    public IEngineTransaction BeginTransaction() => bug == EngineBug.None ? log.BeginTransaction() : Begin();

    public IEngineReader OpenReader(string topic, int partition, long offset)
    {
        IEngineReader reader = log.OpenReader(topic, partition, offset);
        return bug == EngineBug.WatermarksAreNotCommitted && IsState(topic) ? new TimelessReader(reader, topic.Contains("windows", StringComparison.Ordinal)) : reader;
    }

    private Transaction Begin()
    {
        _open++;
        return new Transaction(this, log.BeginTransaction());
    }

    private static bool IsDead(string topic) => topic.EndsWith(BadRecords.Suffix, StringComparison.Ordinal);

    private static bool IsState(string topic) => topic.EndsWith(".changelog", StringComparison.Ordinal);

    private sealed class Transaction(BuggyEngine engine, IEngineTransaction main) : IEngineTransaction
    {
        private IEngineTransaction? _apart;
        private bool _isHeldBack;

        public void Append(string topic, int partition, BatchBuilder batch)
        {
            bool isState = IsState(topic);
            switch (engine.Bug)
            {
                case EngineBug.StateIsNotCommitted when isState:
                case EngineBug.ResultsAreLost when !isState && engine.Random.Next(10) == 0:
                    return;
                case EngineBug.DeadLettersAreLost when IsDead(topic):
                    return;
                case EngineBug.DeadLettersAreCommittedFirst when IsDead(topic):
                    Apart().Append(topic, partition, batch);
                    CommitApart();
                    return;
                case EngineBug.StateIsCommittedApart when isState:
                case EngineBug.ResultsAreWrittenBeforeTheCommit when !isState:
                    Apart().Append(topic, partition, batch);
                    if (!isState) CommitApart();
                    return;
                default:
                    main.Append(topic, partition, batch);
                    return;
            }
        }

        public void SetOffset(string group, string topic, int partition, CommittedPosition position)
        {
            bool isInput = !IsState(topic);
            switch (engine.Bug)
            {
                case EngineBug.OffsetsAreCommittedFirst or EngineBug.OffsetsAreCommittedLast when isInput:
                    Apart().SetOffset(group, topic, partition, position);
                    return;
                case EngineBug.TablePositionsAreNotCommitted when topic == Plan.Factors:
                    return;
                case EngineBug.WatermarksAreNotCommitted when isInput:
                    main.SetOffset(group, topic, partition, position with { Metadata = "" });
                    return;
                case EngineBug.OffsetsAreOneTooSmall when isInput && position.Offset > 0:
                    main.SetOffset(group, topic, partition, position with { Offset = position.Offset - 1 });
                    return;
                default:
                    main.SetOffset(group, topic, partition, position);
                    return;
            }
        }

        public ValueTask CommitAsync()
        {
            switch (engine.Bug)
            {
                case EngineBug.OffsetsAreCommittedFirst or EngineBug.StateIsCommittedApart:
                    CommitApart();
                    return main.CommitAsync();
                case EngineBug.OffsetsAreCommittedLast:
                    Submit(main);
                    return _apart?.CommitAsync() ?? default;
                case EngineBug.CommitsAreReportedTooEarly:
                    Submit(main);
                    return default;
                case EngineBug.EpochsAreSwapped:
                    return CommitBehindTheNext();
                case EngineBug.FullDisksAreIgnored:
                    return new ValueTask(IgnoringFullDisks(main.CommitAsync().AsTask()));
                default:
                    return main.CommitAsync();
            }
        }

        /// <summary>An epoch that is held back and has none behind it is committed after all.</summary>
        public void Dispose()
        {
            engine._open--;
            if (_isHeldBack && engine._open > 0) return;
            if (_isHeldBack) CommitHeldBack();
            main.Dispose();
            _apart?.Dispose();
        }

        private static async Task IgnoringFullDisks(Task commit)
        {
            await commit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (commit.Exception?.InnerException is not (null or DiskFullException)) await commit.ConfigureAwait(false);
        }

        private static void Submit(IEngineTransaction transaction) => _ = transaction.CommitAsync().AsTask();

        private ValueTask CommitBehindTheNext()
        {
            if (engine._heldBack is null && engine._open > 1)
            {
                engine._heldBack = this;
                _isHeldBack = true;
                return default;
            }

            ValueTask commit = main.CommitAsync();
            engine._heldBack?.CommitHeldBack();
            return commit;
        }

        private void CommitHeldBack()
        {
            _isHeldBack = false;
            engine._heldBack = null;
            Submit(main);
        }

        private IEngineTransaction Apart() => _apart ??= engine.Log.BeginTransaction();

        private void CommitApart()
        {
            if (_apart is not null) Submit(_apart);
            _apart = null;
        }
    }

    /// <summary>Shows changelogs without the watermark of each epoch.</summary>
    private sealed class TimelessReader(IEngineReader inner, bool isOfWindows) : IEngineReader
    {
        private const int StoreWatermarkAt = sizeof(long) + sizeof(int);

        public long Position => inner.Position;

        public bool TryRead(out RecordBatch batch)
        {
            if (!inner.TryRead(out batch)) return false;
            for (int i = 0; i < batch.Count; i++)
            {
                LogRecord record = batch[i];
                if (record.Key is not [(byte)ChangelogKind.Changes, ..]) continue;
                Span<byte> changes = batch.Buffer.AsSpan(record.ValueStart, record.ValueLength);
                BitConverter.TryWriteBytes(changes, long.MinValue); // that of the operator
                if (isOfWindows && changes.Length > StoreWatermarkAt + sizeof(long)) BitConverter.TryWriteBytes(changes[StoreWatermarkAt..], long.MinValue);
            }

            return true;
        }

        public void Dispose() => inner.Dispose();
    }
}
