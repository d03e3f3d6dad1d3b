using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Reads the tombstones of an output buffer without knowing the type of their keys.</summary>
internal abstract class TombstoneReader<TRecord>
{
    public abstract int CountOf(OutBuffer<TRecord> buffer);

    /// <summary>The place of a tombstone among the records.</summary>
    public abstract int IndexOf(OutBuffer<TRecord> buffer, int tombstone);

    public abstract int PartitionHash(OutBuffer<TRecord> buffer, int tombstone);

    public abstract void WriteKey(OutBuffer<TRecord> buffer, int tombstone, ByteBuffer to);

    /// <summary>The key of a tombstone, for tests.</summary>
    public abstract object KeyOf(OutBuffer<TRecord> buffer, int tombstone);
}

internal sealed class TombstoneReader<TRecord, TKey, TKeyCodec> : TombstoneReader<TRecord>
    where TKey : notnull
    where TKeyCodec : struct, IKeyCodec<TKey>
{
    public override int CountOf(OutBuffer<TRecord> buffer) => Keyed(buffer).Tombstones.Count;

    public override int IndexOf(OutBuffer<TRecord> buffer, int tombstone) => Keyed(buffer).Tombstones[tombstone].Index;

    public override int PartitionHash(OutBuffer<TRecord> buffer, int tombstone) => TKeyCodec.PartitionHash(Keyed(buffer).Tombstones[tombstone].Key);

    public override void WriteKey(OutBuffer<TRecord> buffer, int tombstone, ByteBuffer to) => TKeyCodec.WriteKey(Keyed(buffer).Tombstones[tombstone].Key, to);

    public override object KeyOf(OutBuffer<TRecord> buffer, int tombstone) => Keyed(buffer).Tombstones[tombstone].Key;

    private static KeyedOutBuffer<TRecord, TKey> Keyed(OutBuffer<TRecord> buffer) => (KeyedOutBuffer<TRecord, TKey>)buffer;
}
