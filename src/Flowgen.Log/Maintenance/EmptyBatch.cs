using System.Buffers.Binary;

namespace Flowgen.Log.Maintenance;

/// <summary>A batch without records, as compaction leaves it: it stands for offsets whose records are gone.</summary>
internal static class EmptyBatch
{
    /// <summary>Writes a batch for the offsets from one up to another; at most 2³¹ - 1 of them.</summary>
    /// <returns>The batch.</returns>
    public static byte[] Of(long firstOffset, long nextOffset, long appendedAt)
    {
        var batch = new byte[BatchFormat.HeaderSize + BatchOffsets.ColumnSize(0)];
        BinaryPrimitives.WriteUInt32LittleEndian(batch, BatchFormat.Magic);
        BinaryPrimitives.WriteInt32LittleEndian(batch.AsSpan(BatchFormat.LengthAt), batch.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(batch.AsSpan(BatchFormat.AttributesAt), BatchFormat.TimestampsAttribute | BatchFormat.OffsetsAttribute);
        BinaryPrimitives.WriteUInt16LittleEndian(batch.AsSpan(BatchFormat.VersionAt), BatchFormat.Version);
        BinaryPrimitives.WriteInt64LittleEndian(batch.AsSpan(BatchFormat.MinTimestampAt), long.MaxValue);
        BinaryPrimitives.WriteInt64LittleEndian(batch.AsSpan(BatchFormat.MaxTimestampAt), long.MinValue);
        BinaryPrimitives.WriteInt32LittleEndian(batch.AsSpan(BatchFormat.LastOffsetDeltaAt), (int)(nextOffset - firstOffset - 1));
        BinaryPrimitives.WriteInt16LittleEndian(batch.AsSpan(BatchFormat.ProducerEpochAt), -1);
        BinaryPrimitives.WriteInt64LittleEndian(batch.AsSpan(BatchFormat.ProducerIdAt), -1);
        BinaryPrimitives.WriteInt32LittleEndian(batch.AsSpan(BatchFormat.SequenceAt), -1);
        BinaryPrimitives.WriteInt16LittleEndian(batch.AsSpan(BatchFormat.TimeOffsetAt), -1);
        BinaryPrimitives.WriteInt64LittleEndian(batch.AsSpan(BatchFormat.HeaderSize), appendedAt);
        BatchHeader.Seal(batch, firstOffset, appendedAt);
        return batch;
    }
}
