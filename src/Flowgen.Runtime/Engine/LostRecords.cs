using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>
/// The records behind one exchange on which a step threw. They have no offset: what arrives, and in which order, follows from how the tasks run. So a record is known
/// by its content. After the first failure records are given to the step one by one; the one on which it throws is left out, once, in the next run. When the epoch
/// that has left it out is committed, it is forgotten: a later record with the same content is another one.
/// </summary>
internal sealed class LostRecords
{
    /// <summary>Failures in a row between which no known record has come again. Then records change from run to run (a step uses the clock, say),
    /// and starting again would never end.</summary>
    private const int MostMisses = 100;

    private readonly Lock _gate = new();
    private readonly List<LostRecord> _lost = [];
    private bool _isIsolated;
    private bool _hasMetOne;
    private int _misses;

    /// <summary>Whether records have to be given one by one.</summary>
    public bool IsIsolated => Volatile.Read(ref _isIsolated);

    /// <summary>Notes a failure.</summary>
    /// <returns>Whether the next run will know more than this one.</returns>
    public bool TryAdd(StageFailedException failure)
    {
        lock (_gate)
        {
            if (failure.Suspect is null)
            {
                if (_isIsolated) return false;
                return _isIsolated = true;
            }

            _misses = _hasMetOne || _lost.Count == 0 ? 0 : _misses + 1;
            if (_misses > MostMisses) return false;
            _lost.Add(new LostRecord(this, failure));
            return true;
        }
    }

    /// <summary>Everything that was not committed comes again.</summary>
    public void BeginRun()
    {
        lock (_gate)
        {
            _hasMetOne = false;
            foreach (LostRecord lost in _lost) lost.IsTaken = false;
        }
    }

    /// <summary>Whether a record is one to be left out.</summary>
    /// <returns>What is known of it; null if it is none.</returns>
    public LostRecord? TryTake(ReadOnlySpan<byte> content)
    {
        lock (_gate)
        {
            foreach (LostRecord lost in _lost)
            {
                if (lost.IsTaken || !content.SequenceEqual(lost.Failure.Suspect)) continue;
                _hasMetOne = true;
                lost.IsTaken = true;
                return lost;
            }

            return null;
        }
    }

    /// <summary>The epoch in which the record was left out is committed.</summary>
    public void Forget(LostRecord lost)
    {
        lock (_gate)
        {
            _lost.Remove(lost);
            if (_lost.Count == 0) Volatile.Write(ref _isIsolated, false);
        }
    }

    /// <summary>What tells a record from others: its time, key, value and headers.</summary>
    public static byte[] ContentOf(in LogRecord record)
    {
        ByteBuffer content = new();
        content.WriteInt64(record.Timestamp);
        content.WriteInt32(record.Key.Length);
        content.Write(record.Key);
        content.WriteInt32(record.Value.Length);
        content.Write(record.Value);
        foreach (LogHeader header in record.Headers)
        {
            content.Write(System.Text.Encoding.UTF8.GetBytes(header.Name));
            content.WriteInt32(header.IsNull ? -1 : header.Value.Length);
            content.Write(header.Value);
        }

        return content.Written.ToArray();
    }
}

/// <summary>A record behind an exchange on which a step threw.</summary>
internal sealed class LostRecord(LostRecords owner, StageFailedException failure)
{
    public StageFailedException Failure => failure;

    /// <summary>Whether it was left out in this run.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Its epoch is committed: it does not come again.</summary>
    public void Forget() => owner.Forget(this);
}
