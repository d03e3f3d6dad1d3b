using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Stores;

/// <summary>What the engine does with the blobs of a store: one run of blobs for each commit; records before the last complete snapshot are forgotten.</summary>
internal sealed class ChangelogModel(Store store)
{
    private readonly List<byte[]> _blobs = [];
    private int _snapshotStart = -1;
    private int _validFrom;

    public void Commit()
    {
        var to = new ByteBuffer();
        store.WriteChanges(to);
        Append(to);
    }

    public void BeginSnapshot()
    {
        store.BeginSnapshot();
        _snapshotStart = _blobs.Count;
    }

    public void WriteSlice(int maxBytes)
    {
        if (_snapshotStart < 0) return;
        var to = new ByteBuffer();
        bool complete = store.WriteSnapshotSlice(to, maxBytes);
        Append(to);
        if (!complete) return;
        _validFrom = _snapshotStart;
        _snapshotStart = -1;
    }

    /// <summary>The same blobs, continued by a restored store.</summary>
    public ChangelogModel Continue(Store restored)
    {
        var next = new ChangelogModel(restored);
        next._blobs.AddRange(_blobs.Skip(_validFrom));
        return next;
    }

    public void Restore(Store target)
    {
        foreach (byte[] blob in _blobs.Skip(_validFrom))
        {
            var reader = new StateReader(blob);
            while (reader.Remaining > 0) target.Apply(ref reader);
        }
    }

    private void Append(ByteBuffer to)
    {
        if (to.Length > 0) _blobs.Add(to.Written.ToArray());
    }
}
