using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>Writes the entries of commit records.</summary>
internal static class CommitEntries
{
    public static void WriteTopic(this ByteBuffer to, int topicId, TopicDescription topic)
    {
        to.WriteByte((byte)CommitEntryKind.Topic);
        to.WriteInt32(topicId);
        to.WriteText(topic.Name);
        to.WriteSettings(topic.Settings);
        to.WriteInt64(topic.CreatedAt);
    }

    public static void WriteSchema(this ByteBuffer to, int topicId, int schemaId, ReadOnlySpan<byte> schema)
    {
        to.WriteByte((byte)CommitEntryKind.Schema);
        to.WriteInt32(topicId);
        to.WriteInt32(schemaId);
        to.WriteInt32(schema.Length);
        to.Write(schema);
    }

    public static void WriteSegmentEnd(this ByteBuffer to, Partition partition, Segment segment, long end, long nextOffset, long maxTimestamp)
    {
        to.WriteByte((byte)CommitEntryKind.SegmentEnd);
        to.WriteInt32(partition.TopicId);
        to.WriteInt32(partition.Index);
        to.WriteInt64(segment.BaseOffset);
        to.WriteInt32(segment.Generation);
        to.WriteInt64(end);
        to.WriteInt64(nextOffset);
        to.WriteInt64(maxTimestamp);
    }

    public static void WriteFirstOffset(this ByteBuffer to, Partition partition, long firstOffset)
    {
        to.WriteByte((byte)CommitEntryKind.FirstOffset);
        to.WriteInt32(partition.TopicId);
        to.WriteInt32(partition.Index);
        to.WriteInt64(firstOffset);
    }

    public static void WriteGroupOffset(this ByteBuffer to, string group, int topicId, int partition, CommittedOffset offset)
    {
        to.WriteByte((byte)CommitEntryKind.GroupOffset);
        to.WriteText(group);
        to.WriteInt32(topicId);
        to.WriteInt32(partition);
        to.WriteInt64(offset.Offset);
        to.WriteText(offset.Metadata);
    }

    public static void WriteTopicDeleted(this ByteBuffer to, int topicId)
    {
        to.WriteByte((byte)CommitEntryKind.TopicDeleted);
        to.WriteInt32(topicId);
    }

    public static void WriteTopicAltered(this ByteBuffer to, int topicId, TopicSettings settings)
    {
        to.WriteByte((byte)CommitEntryKind.TopicAltered);
        to.WriteInt32(topicId);
        to.WriteSettings(settings);
    }

    public static void WritePartitionStart(this ByteBuffer to, Partition partition, long offset)
    {
        to.WriteByte((byte)CommitEntryKind.PartitionStart);
        to.WriteInt32(partition.TopicId);
        to.WriteInt32(partition.Index);
        to.WriteInt64(offset);
    }

    public static void WriteSegmentsReplaced(this ByteBuffer to, Partition partition, in SegmentsReplaced replaced)
    {
        to.WriteByte((byte)CommitEntryKind.SegmentsReplaced);
        to.WriteInt32(partition.TopicId);
        to.WriteInt32(partition.Index);
        to.WriteInt64(replaced.From);
        to.WriteInt64(replaced.To);
        to.WriteInt64(replaced.CleanedTo);
        to.WriteInt64(replaced.OldestTombstone);
        to.WriteInt32(replaced.Segments.Count);
        foreach (var segment in replaced.Segments)
        {
            to.WriteInt64(segment.BaseOffset);
            to.WriteInt32(segment.Generation);
            to.WriteInt64(segment.CommittedEnd);
            to.WriteInt64(segment.NextOffset);
            to.WriteInt64(segment.MaxTimestamp);
        }
    }

    public static void WriteData(this ByteBuffer to, Partition partition, Segment segment, long position, ReadOnlySpan<byte> bytes)
    {
        to.WriteByte((byte)CommitEntryKind.Data);
        to.WriteInt32(partition.TopicId);
        to.WriteInt32(partition.Index);
        to.WriteInt64(segment.BaseOffset);
        to.WriteInt32(segment.Generation);
        to.WriteInt64(position);
        to.WriteInt32(bytes.Length);
        to.Write(bytes);
    }

    public static void WriteGroupDeleted(this ByteBuffer to, string group)
    {
        to.WriteByte((byte)CommitEntryKind.GroupDeleted);
        to.WriteText(group);
    }

    public static void WriteGroupOffsetDeleted(this ByteBuffer to, string group, int topicId, int partition)
    {
        to.WriteByte((byte)CommitEntryKind.GroupOffsetDeleted);
        to.WriteText(group);
        to.WriteInt32(topicId);
        to.WriteInt32(partition);
    }

    public static void WriteProducerIds(this ByteBuffer to, long next)
    {
        to.WriteByte((byte)CommitEntryKind.ProducerIds);
        to.WriteInt64(next);
    }

    public static void WriteTransactionalId(this ByteBuffer to, string transactionalId, TransactionalProducer holder)
    {
        to.WriteByte((byte)CommitEntryKind.TransactionalId);
        to.WriteText(transactionalId);
        to.WriteInt64(holder.ProducerId);
        to.WriteInt16(holder.Epoch);
        to.WriteInt64(holder.Time);
    }

    public static void WriteTransactionalIdExpired(this ByteBuffer to, string transactionalId, long lastUsed)
    {
        to.WriteByte((byte)CommitEntryKind.TransactionalIdExpired);
        to.WriteText(transactionalId);
        to.WriteInt64(lastUsed);
    }

    public static void WriteProducerSequence(this ByteBuffer to, Partition partition, long producerId, short epoch, SequenceRun run, long time)
    {
        to.WriteByte((byte)CommitEntryKind.ProducerSequence);
        to.WriteInt32(partition.TopicId);
        to.WriteInt32(partition.Index);
        to.WriteInt64(producerId);
        to.WriteInt16(epoch);
        to.WriteInt32(run.FirstSequence);
        to.WriteInt32(run.Records);
        to.WriteInt64(run.BaseOffset);
        to.WriteInt64(time);
    }

    /// <summary>Writes all that some requests say, but for their batches.</summary>
    public static void WriteEntries(this ByteBuffer to, List<CommitRequest> requests)
    {
        foreach (var request in requests)
        {
            foreach (var end in request.Ends)
                to.WriteSegmentEnd(end.Partition, end.Segment, end.End, end.NextOffset, end.MaxTimestamp);
            to.Write(request.ProducerEntries.Written);
            to.Write(request.Entries.Written);
        }
    }

    private static void WriteText(this ByteBuffer to, string text)
    {
        int lengthAt = to.Length;
        to.WriteInt32(0);
        int length = to.WriteUtf8(text);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(to.Array.AsSpan(lengthAt, 4), length);
    }
}
