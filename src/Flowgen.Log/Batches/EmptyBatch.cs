using System.Buffers.Binary;

namespace Flowgen.Log;

/// <summary>A batch without records: it stands for offsets whose records are gone, by compaction or because they could not be salvaged.</summary>
internal static class EmptyBatch
{
    /// <summary>Writes such a batch. Its CRC is right when it is <see cref="BatchHeader.Seal">sealed</see>; its times are outside of none.</summary>
    /// <param name="firstOffset">The first offset.</param>
    /// <param name="nextOffset">The offset behind the last one, at most <see cref="int.MaxValue"/> behind the first.</param>
    /// <param name="cleanedAt">When the records went, as in the column of offsets.</param>
    /// <param name="to">Where the batch goes; empty.</param>
    public static void Write(long firstOffset, long nextOffset, long cleanedAt, ByteBuffer to)
    {
        to.WriteZeros(BatchFormat.HeaderSize);
        to.WriteInt64(cleanedAt);
        var header = to.Array.AsSpan(0, to.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header, BatchFormat.Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[BatchFormat.LengthAt..], to.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[BatchFormat.AttributesAt..], BatchFormat.TimestampsAttribute | BatchFormat.OffsetsAttribute);
        BinaryPrimitives.WriteUInt16LittleEndian(header[BatchFormat.VersionAt..], BatchFormat.Version);
        BinaryPrimitives.WriteInt64LittleEndian(header[BatchFormat.BaseOffsetAt..], firstOffset);
        BinaryPrimitives.WriteInt64LittleEndian(header[BatchFormat.MinTimestampAt..], long.MaxValue);
        BinaryPrimitives.WriteInt64LittleEndian(header[BatchFormat.MaxTimestampAt..], long.MinValue);
        BinaryPrimitives.WriteUInt32LittleEndian(header[BatchFormat.LastOffsetDeltaAt..], checked((uint)(nextOffset - firstOffset - 1)));
        BinaryPrimitives.WriteInt64LittleEndian(header[BatchFormat.ProducerIdAt..], -1);
        BinaryPrimitives.WriteInt16LittleEndian(header[BatchFormat.ProducerEpochAt..], -1);
        BinaryPrimitives.WriteInt32LittleEndian(header[BatchFormat.SequenceAt..], -1);
        BinaryPrimitives.WriteInt16LittleEndian(header[BatchFormat.TimeOffsetAt..], -1);
    }
}
