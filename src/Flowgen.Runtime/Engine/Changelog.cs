using System.Globalization;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>
/// The state of one operator of one task, as a partition of an internal topic: what changed in each epoch, and between it slices of a snapshot, so that
/// a restart replays a bounded number of records. Where the last complete snapshot starts is the group's committed offset in the topic; the shape of the stores stands beside it.
/// </summary>
internal sealed class Changelog(string group, string topic, int partition, string stage, Store[] stores, FlowEngineOptions options)
{
    /// <summary>Most bytes of a record of a changelog.</summary>
    public const int MaxRecordBytes = ChunkBytes + 1024;

    private const int ChunkBytes = 256 * 1024;
    private const int BatchBytes = 512 * 1024;
    private const long SnapshotAfter = 4 * 1024 * 1024;
    private const int SliceBlobBytes = ChunkBytes - 4 * 1024; // in one record where entries are small, so that it is read where it lies

    private readonly BatchBuilder _batch = new();
    private readonly ByteBuffer _blob = new();
    private readonly string _layout = Describe(stores);
    private readonly byte[] _key = new byte[2];
    private IEngineLog? _log;
    private long _writtenWatermark = long.MinValue;
    private long _bytesSinceSnapshot;
    private long _snapshotStart = -1;
    private int _snapshotStore;
    private bool _isEmpty;
    private long _entries;
    private long _sizeInBytes;

    public string Topic => topic;

    public int Partition => partition;

    /// <summary>Entries at the last close of an epoch.</summary>
    public long Entries => Volatile.Read(ref _entries);

    /// <summary>Memory that they took, in bytes.</summary>
    public long SizeInBytes => Volatile.Read(ref _sizeInBytes);

    /// <summary>Memory of the entries that have changed in the open epoch, in bytes.</summary>
    public long ChangedBytes
    {
        get
        {
            long bytes = 0;
            foreach (Store store in stores) bytes += store.ChangedBytes;
            return bytes;
        }
    }

    /// <summary>First offset that a restart needs, once the epoch that was closed last is committed.</summary>
    public long NeededFrom { get; private set; }

    /// <summary>Rebuilds the stores.</summary>
    /// <returns>The operator's watermark of the last commit.</returns>
    /// <exception cref="StateLayoutException">The state has another shape.</exception>
    public long Restore(IEngineLog log)
    {
        _log = log;
        CommittedPosition? committed = log.GetCommitted(group, topic, partition);
        _isEmpty = committed is null;
        if (committed is { } position && position.Metadata != _layout) throw WrongLayout(position.Metadata);
        OffsetRange offsets = log.GetOffsets(topic, partition);
        NeededFrom = Math.Max(offsets.First, committed?.Offset ?? offsets.Next); // without an offset, what is there is of an app that was deleted
        ChangelogReader reader = new(topic, partition, stores);
        using IEngineReader batches = log.OpenReader(topic, partition, NeededFrom);
        while (batches.TryRead(out RecordBatch batch)) reader.Apply(in batch);
        _writtenWatermark = reader.Watermark;
        _bytesSinceSnapshot = reader.Bytes;
        MeasureStores();
        return reader.Watermark;
    }

    /// <summary>Adds what changed in the epoch, and a slice of the snapshot that is being taken.</summary>
    public void Write(EpochWriter epoch, long watermark)
    {
        _batch.StartVariable(schemaId: 0);
        if (!TryWriteChanges(epoch, watermark)) return;
        MeasureStores();
        if (_isEmpty) NoteNeeded(epoch);
        if (_snapshotStart < 0 && _bytesSinceSnapshot > (options.SnapshotAfterBytes ?? SnapshotAfter + SizeInBytes)) BeginSnapshot();
        if (_snapshotStart >= 0) WriteSlice(epoch, _blob.Length);
        Send(epoch);
    }

    private void MeasureStores()
    {
        long entries = 0;
        long size = 0;
        foreach (Store store in stores)
        {
            entries += store.Entries;
            size += store.SizeInBytes;
        }

        Volatile.Write(ref _entries, entries);
        Volatile.Write(ref _sizeInBytes, size);
    }

    private bool TryWriteChanges(EpochWriter epoch, long watermark)
    {
        _blob.Clear();
        _blob.WriteInt64(watermark);
        bool changed = false;
        foreach (Store store in stores)
        {
            int lengthAt = _blob.Length;
            _blob.WriteInt32(0);
            store.WriteChanges(_blob);
            int length = _blob.Length - lengthAt - sizeof(int);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(_blob.Array.AsSpan(lengthAt), length);
            changed |= length > 0;
        }

        if (!changed && watermark == _writtenWatermark) return false;
        _writtenWatermark = watermark;
        _bytesSinceSnapshot += _blob.Length;
        AddBlob(epoch, ChangelogKind.Changes, _blob.Written);
        return true;
    }

    private void BeginSnapshot()
    {
        // What is committed now lies before the first slice: an offset from which a restart finds all of the snapshot.
        _snapshotStart = _log!.GetOffsets(topic, partition).Next;
        _snapshotStore = 0;
        _bytesSinceSnapshot = 0;
        foreach (Store store in stores) store.BeginSnapshot();
    }

    /// <summary>A slice is as large as the changes of the epoch, at least: so a snapshot ends however fast the state changes and however short the runs are.</summary>
    private void WriteSlice(EpochWriter epoch, int changedBytes)
    {
        int budget = Math.Max(options.SnapshotSliceBytes, changedBytes);
        while (_snapshotStore < stores.Length && budget > 0)
        {
            _blob.Clear();
            Store store = stores[_snapshotStore];
            _blob.WriteInt32(_snapshotStore);
            _blob.WriteInt64(store.Entries);
            if (store.WriteSnapshotSlice(_blob, Math.Min(budget, SliceBlobBytes))) _snapshotStore++;
            budget -= _blob.Length;
            AddBlob(epoch, ChangelogKind.Slice, _blob.Written);
        }

        if (_snapshotStore < stores.Length) return;
        NeededFrom = _snapshotStart;
        _snapshotStart = -1;
        NoteNeeded(epoch);
    }

    private void NoteNeeded(EpochWriter epoch)
    {
        _isEmpty = false;
        epoch.SetOffset(group, topic, partition, new CommittedPosition(NeededFrom, _layout));
    }

    /// <summary>A blob can be larger than a record may be, so it is cut; the second byte of the key says whether more follows.</summary>
    private void AddBlob(EpochWriter epoch, ChangelogKind kind, ReadOnlySpan<byte> blob)
    {
        long now = options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        do
        {
            ReadOnlySpan<byte> chunk = blob[..Math.Min(ChunkBytes, blob.Length)];
            blob = blob[chunk.Length..];
            _key[0] = (byte)kind;
            _key[1] = blob.IsEmpty ? (byte)0 : (byte)1;
            _batch.Add(now, _key, keyIsNull: false, chunk, valueIsNull: false);
            if (_batch.Data.Length >= BatchBytes) Send(epoch);
        }
        while (!blob.IsEmpty);
    }

    private void Send(EpochWriter epoch)
    {
        if (_batch.Count > 0) epoch.Append(topic, partition, _batch);
        _batch.Clear();
    }

    /// <summary>The shape of all stores, cut where it is longer than the note beside an offset may be.</summary>
    private static string Describe(Store[] stores)
    {
        const int longest = 3000;
        string all = string.Join("; ", stores.Select(store => $"{store.Name}: {store.Layout}"));
        if (all.Length <= longest) return all;
        uint rest = Crc32C.Compute(System.Text.Encoding.UTF8.GetBytes(all));
        return string.Create(CultureInfo.InvariantCulture, $"{all.AsSpan(0, longest)}… ({all.Length} characters, CRC {rest:x8})");
    }

    private StateLayoutException WrongLayout(string written) => new(
        $"The state of stage '{stage}' in '{topic}' partition {partition} was written as [{written}], but the stage now keeps [{_layout}]: "
        + "bring the old shape back, or give the stage another name with [Stage(\"…\")] so that it starts with empty state.");
}
