using System.Globalization;
using System.Text;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Takes the records of one partition that cannot be processed: leaves them out, and writes them to the dead-letter topic of the stage in the same epoch
/// as the offset that passes them.</summary>
/// <param name="run">The run.</param>
/// <param name="topic">The topic, or the exchange.</param>
/// <param name="partition">Its partition.</param>
/// <param name="partitions">Number of its partitions.</param>
/// <param name="stage">The stage that reads it; where several do, the first of the app.</param>
internal sealed class BadRecords(EngineRun run, string topic, int partition, int partitions, string stage)
{
    /// <summary>What a dead-letter topic is called: the stage, then this.</summary>
    public const string Suffix = ".dead";

    private const int LongestMessage = 1000; // characters

    private readonly BatchBuilder _batch = new();
    private readonly Dictionary<string, int> _deadLetterPartitions = [];

    public ErrorAction Action => run.OnError;

    /// <summary>Records left out in this run.</summary>
    public long Count { get; private set; }

    /// <summary>Offset of the first record that is told of; those before it are left out silently, because somebody has told of them already.</summary>
    public long ToldFrom { get; set; }

    /// <summary>Leaves out a record that cannot be decoded or kept, or says that the app has to stop.</summary>
    public bool TryTake(in LogRecord record, Exception cause)
    {
        if (Action == ErrorAction.Stop) return false;
        if (record.Offset < ToldFrom) return true;
        Tell(new LeftOutRecord(stage, TelemetryNames.UndecodableReason, null));
        if (Action == ErrorAction.DeadLetter) Write(in record, stage, "", record.Offset, cause);
        return true;
    }

    /// <summary>Leaves out a record of a topic on which a step throws.</summary>
    public void Take(in LogRecord record, StageFailedException failure) => Take(in record, failure, null, record.Offset);

    /// <summary>Leaves out a record behind an exchange, where nothing has an offset.</summary>
    public void Take(in LogRecord record, LostRecord lost) => Take(in record, lost.Failure, lost, null);

    private void Take(in LogRecord record, StageFailedException failure, LostRecord? lost, long? offset)
    {
        Tell(new LeftOutRecord(failure.Stage, TelemetryNames.FailedReason, lost));
        if (Action == ErrorAction.DeadLetter) Write(in record, failure.Stage, failure.Step ?? "", offset, failure.InnerException ?? failure);
    }

    private void Tell(LeftOutRecord record)
    {
        Count++;
        run.NoteLeftOut(record);
    }

    private void Write(in LogRecord record, string failed, string step, long? offset, Exception cause)
    {
        string deadLetters = failed + Suffix;
        if (!_deadLetterPartitions.TryGetValue(deadLetters, out int width))
            _deadLetterPartitions.Add(deadLetters, width = run.Log.EnsureTopic(new TopicDeclaration(deadLetters, partitions) { MaxRecordBytes = int.MaxValue }));
        try
        {
            Compose(in record, holdsContent: true, failed, step, offset, cause);
            run.Epoch.Append(deadLetters, partition % width, _batch);
        }
        catch (RecordTooLargeException)
        {
            Compose(in record, holdsContent: false, failed, step, offset, cause); // with what was added it has become too large: it is still where it came from
            run.Epoch.Append(deadLetters, partition % width, _batch);
        }

        _batch.Clear();
    }

    private void Compose(in LogRecord record, bool holdsContent, string failed, string step, long? offset, Exception cause)
    {
        _batch.StartVariable(schemaId: 0);
        _batch.BeginRecord(record.Timestamp);
        if (holdsContent) _batch.Data.Write(record.Key);
        _batch.EndKey(isNull: !record.HasKey);
        if (holdsContent) _batch.Data.Write(record.Value);
        _batch.EndValue(isNull: record.IsTombstone);
        if (holdsContent) CopyHeaders(in record);
        else Note("flowgen.dropped", string.Create(CultureInfo.InvariantCulture, $"key, value ({record.Value.Length} bytes) and headers"));
        Note("flowgen.topic", topic);
        Note("flowgen.partition", partition.ToString(CultureInfo.InvariantCulture));
        if (offset is { } known) Note("flowgen.offset", known.ToString(CultureInfo.InvariantCulture));
        Note("flowgen.app", run.Graph.App.Name);
        Note("flowgen.stage", failed);
        if (step.Length > 0) Note("flowgen.step", step);
        Note("flowgen.error", cause.GetType().FullName!);
        Note("flowgen.message", cause.Message.Length > LongestMessage ? cause.Message[..LongestMessage] + "…" : cause.Message);
        _batch.EndRecord();
    }

    private void CopyHeaders(in LogRecord record)
    {
        foreach (LogHeader header in record.Headers)
        {
            if (header.IsNull) _batch.AddNullHeader(header.Name);
            else _batch.AddHeader(header.Name, header.Value);
        }
    }

    private void Note(string name, string value) => _batch.AddHeader(name, Encoding.UTF8.GetBytes(value));
}
