using System.Runtime.InteropServices;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Writes records of one type to a topic from outside an app: collects a batch for each partition, and appends them with a transaction
/// of the caller, so that records and whatever else is in it become visible together. Not thread-safe.</summary>
/// <typeparam name="TRecord">The record type.</typeparam>
/// <typeparam name="TCodec">Its generated codec.</typeparam>
public sealed class TopicWriter<TRecord, TCodec>
    where TCodec : struct, IRecordCodec<TRecord>
{
    private readonly FlowLog _log;
    private readonly string _topic;
    private readonly int _schemaId;
    private readonly TimeProvider _clock;
    private readonly BatchBuilder[] _batches;
    private readonly long _createdAt;
    private uint _turn;

    /// <summary>Makes a writer, and stores the shape of the records with the topic.</summary>
    /// <param name="log">The log.</param>
    /// <param name="topic">A topic that exists.</param>
    /// <param name="clock">Gives the time of records without an event time; null takes the system's clock.</param>
    /// <exception cref="UnknownTopicException">There is no such topic.</exception>
    /// <exception cref="RecordTooLargeException">Records of this type are larger than the topic allows.</exception>
    public TopicWriter(FlowLog log, string topic, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        _log = log;
        _topic = topic;
        _clock = clock ?? TimeProvider.System;
        TopicDescription known = log.DescribeTopic(topic);
        _createdAt = known.CreatedAt;
        _batches = [.. Enumerable.Range(0, known.Partitions).Select(_ => new BatchBuilder())];
        _schemaId = log.RegisterSchema(topic, TCodec.Schema.ToJson());
        int maxRecordBytes = known.Settings.MaxRecordBytes ?? log.Options.MaxRecordBytes;
        if (TCodec.Layout is { } layout && layout.Stride > maxRecordBytes)
            throw new RecordTooLargeException($"Records of type '{TCodec.Schema.Name}' have {layout.Stride} bytes, but '{topic}' takes at most {maxRecordBytes}. Set a larger limit for the topic or the log.");
        foreach (BatchBuilder batch in _batches)
        {
            RecordEncoder<TRecord, TCodec>.Start(batch, _schemaId);
            batch.MaxRecordBytes = maxRecordBytes;
        }
    }

    /// <summary>Records that wait for <see cref="AppendTo"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the batches that wait for <see cref="AppendTo"/>.</summary>
    public long SizeInBytes { get; private set; }

    /// <summary>Adds a record to the batch of its key's partition; records without a key take turns.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="RecordTooLargeException">The record is larger than the topic or the log allows; the others are as they were.</exception>
    public void Add(in TRecord record)
    {
        int partition = TCodec.HasKey ? Murmur2.ToPartition(TCodec.PartitionHash(in record), _batches.Length) : (int)(_turn++ % _batches.Length);
        long time = TCodec.HasEventTime ? TCodec.EventTime(in record) : _clock.GetUtcNow().ToUnixTimeMilliseconds();
        BatchBuilder batch = _batches[partition];
        int before = batch.SizeInBytes;
        if (TCodec.Layout is { } layout) RecordEncoder<TRecord, TCodec>.AddFixed(batch, layout, MemoryMarshal.CreateReadOnlySpan(in record, 1), MemoryMarshal.CreateReadOnlySpan(in time, 1));
        else Encode(batch, in record, time);
        SizeInBytes += batch.SizeInBytes - before;
        Count++;
    }

    /// <summary>Moves the records into a transaction. Nobody sees them before its commit.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <exception cref="RecordTooLargeException">A batch is larger than the log allows.</exception>
    /// <exception cref="TopicDeletedException">The topic has been deleted and created again since the writer was made.</exception>
    /// <exception cref="UnknownTopicException">The topic has been deleted.</exception>
    public void AppendTo(LogTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        Append(transaction);
        Clear();
    }

    /// <summary>Commits the records in a transaction of their own.</summary>
    /// <returns>Done when they are visible and, as far as the log promises, durable.</returns>
    /// <exception cref="RecordTooLargeException">A batch is larger than the log allows.</exception>
    /// <exception cref="TopicDeletedException">The topic has been deleted, and perhaps created again, since the writer was made.</exception>
    /// <exception cref="UnknownTopicException">The topic has been deleted.</exception>
    /// <exception cref="LogWriteException">The disk did not take the batches. The writer still has the records: commit again when it does.</exception>
    public async Task CommitAsync()
    {
        using LogTransaction transaction = _log.BeginTransaction();
        Append(transaction);
        await transaction.CommitAsync().ConfigureAwait(false);
        Clear();
    }

    /// <summary>Drops the records that wait.</summary>
    internal void Clear()
    {
        foreach (BatchBuilder batch in _batches) batch.Clear();
        Count = 0;
        SizeInBytes = 0;
    }

    /// <summary>A record that cannot be written leaves nothing in the batch that others share.</summary>
    private static void Encode(BatchBuilder batch, in TRecord record, long time)
    {
        try
        {
            RecordEncoder<TRecord, TCodec>.Add(batch, in record, time);
        }
        catch
        {
            batch.AbandonRecord();
            throw;
        }
    }

    private void Append(LogTransaction transaction)
    {
        if (Count > 0 && _log.DescribeTopic(_topic).CreatedAt != _createdAt) // its schemas, and so their numbers, are others
            throw new TopicDeletedException($"Topic '{_topic}' has been deleted and created again since this writer was made: make another writer for it, and add the records there.");
        for (int partition = 0; partition < _batches.Length; partition++)
        {
            if (_batches[partition].Count > 0) transaction.Append(_topic, partition, _batches[partition]);
        }
    }
}
