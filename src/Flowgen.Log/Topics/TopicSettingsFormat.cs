using Flowgen.Log.Commits;

namespace Flowgen.Log;

/// <summary>How the settings of a topic are stored: a block that knows its length, so that later versions can add to it. A field of 0 or less that has a default is absent.</summary>
internal static class TopicSettingsFormat
{
    public static void WriteSettings(this ByteBuffer to, TopicSettings settings)
    {
        int lengthAt = to.Length;
        to.WriteInt32(0);
        to.WriteInt32(settings.Partitions);
        to.WriteByte((byte)settings.Cleanup);
        to.WriteByte((byte)settings.TimestampType);
        to.WriteByte((byte)settings.Compression);
        to.WriteInt64(settings.Retention?.Ticks ?? 0);
        to.WriteInt64(settings.RetentionBytes ?? 0);
        to.WriteInt64(settings.SegmentBytes ?? 0);
        to.WriteInt64(settings.SegmentAge.Ticks);
        to.WriteInt32(settings.MaxRecordBytes ?? 0);
        to.WriteInt64(settings.MinCompactionLag.Ticks);
        to.WriteInt64(settings.TombstoneRetention.Ticks);
        to.WriteInt64(BitConverter.DoubleToInt64Bits(settings.MinDirtyRatio));
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(to.Array.AsSpan(lengthAt, 4), to.Length - lengthAt - 4);
    }

    public static TopicSettings ReadSettings(ref CommitEntryReader from)
    {
        var reader = new CommitEntryReader(from.ReadBytes());
        int partitions = reader.ReadInt32();
        var cleanup = (TopicCleanup)reader.ReadByte();
        var timestampType = (TimestampType)reader.ReadByte();
        var compression = (TopicCompression)reader.ReadByte();
        long retention = reader.ReadInt64();
        long retentionBytes = reader.ReadInt64();
        long segmentBytes = reader.ReadInt64();
        long segmentAge = reader.ReadInt64();
        int maxRecordBytes = reader.ReadInt32();
        long minCompactionLag = reader.ReadInt64();
        long tombstoneRetention = reader.ReadInt64();
        double minDirtyRatio = BitConverter.Int64BitsToDouble(reader.ReadInt64());
        return new TopicSettings(partitions, cleanup, retention > 0 ? TimeSpan.FromTicks(retention) : null)
        {
            TimestampType = timestampType,
            Compression = compression,
            RetentionBytes = retentionBytes > 0 ? retentionBytes : null,
            SegmentBytes = segmentBytes > 0 ? segmentBytes : null,
            SegmentAge = TimeSpan.FromTicks(segmentAge),
            MaxRecordBytes = maxRecordBytes > 0 ? maxRecordBytes : null,
            MinCompactionLag = TimeSpan.FromTicks(minCompactionLag),
            MinDirtyRatio = minDirtyRatio,
            TombstoneRetention = TimeSpan.FromTicks(tombstoneRetention),
        };
    }
}
