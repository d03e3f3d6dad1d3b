using System.Globalization;
using System.Text;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Takes the records of one source that cannot be processed: leaves them out, and writes them to the dead-letter topic in the same epoch as the offset that passes them.</summary>
internal sealed class BadRecords(EngineRun run, ErrorAction action, string topic, int partition)
{
    /// <summary>What a dead-letter topic is called: the topic, then this.</summary>
    public const string Suffix = ".dead";

    private readonly BatchBuilder _batch = new();
    private int _partitions;

    public ErrorAction Action => action;

    /// <summary>Records left out in this run.</summary>
    public long Count { get; private set; }

    /// <summary>Leaves out a record whose bytes cannot be decoded, or says that the app has to stop.</summary>
    public bool TryTake(in LogRecord record, RecordFormatException cause)
    {
        if (action == ErrorAction.Stop) return false;
        Take(in record, "", "", cause);
        return true;
    }

    /// <summary>Leaves out a record on which a step throws.</summary>
    public void Take(in LogRecord record, StageFailedException failure) => Take(in record, failure.Stage, failure.Step ?? "", failure.InnerException ?? failure);

    private void Take(in LogRecord record, string stage, string step, Exception cause)
    {
        Count++;
        if (action != ErrorAction.DeadLetter) return;
        string deadLetters = topic + Suffix;
        if (_partitions == 0) _partitions = run.Log.EnsureTopic(new TopicDeclaration(deadLetters, run.Log.EnsureTopic(new TopicDeclaration(topic, 1))));
        _batch.StartVariable(schemaId: 0);
        _batch.BeginRecord(record.Timestamp);
        _batch.Data.Write(record.Key);
        _batch.EndKey(isNull: !record.HasKey);
        _batch.Data.Write(record.Value);
        _batch.EndValue();
        foreach (LogHeader header in record.Headers)
        {
            if (header.IsNull) _batch.AddNullHeader(header.Name);
            else _batch.AddHeader(header.Name, header.Value);
        }

        Note("flowgen.topic", topic);
        Note("flowgen.partition", partition.ToString(CultureInfo.InvariantCulture));
        Note("flowgen.offset", record.Offset.ToString(CultureInfo.InvariantCulture));
        Note("flowgen.app", run.Graph.App.Name);
        if (stage.Length > 0) Note("flowgen.stage", stage);
        if (step.Length > 0) Note("flowgen.step", step);
        Note("flowgen.error", cause.GetType().FullName!);
        Note("flowgen.message", cause.Message);
        _batch.EndRecord();
        run.Epoch.Append(deadLetters, partition % _partitions, _batch);
        _batch.Clear();
    }

    private void Note(string name, string value) => _batch.AddHeader(name, Encoding.UTF8.GetBytes(value));
}
