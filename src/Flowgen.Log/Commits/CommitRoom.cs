using Flowgen.Log.Files;

namespace Flowgen.Log.Commits;

/// <summary>
/// The room of the commit file. It is allocated ahead, so that the record of a commit whose batches are written finds its place; and a part
/// of it is kept for commits that must be possible on a full disk: offsets of groups, deleted records and topics. Thread-safe.
/// </summary>
internal sealed class CommitRoom(long reserveBytes)
{
    private const long MaxStepBytes = 16 << 20;
    private const int RecordOverhead = 64;

    private readonly Lock _gate = new();
    private IFile? _file;
    private long _position;
    private long _allocated;
    private long _promised;

    /// <summary>What a new file should have room for behind its checkpoint.</summary>
    public long Wanted
    {
        get
        {
            lock (_gate)
                return _promised + (2 * reserveBytes);
        }
    }

    /// <summary>The records go to another file.</summary>
    public void Use(IFile file, long position, long allocated)
    {
        lock (_gate)
            (_file, _position, _allocated) = (file, position, allocated);
    }

    /// <summary>Allocates room for what may come, if there is any.</summary>
    public void Fill()
    {
        lock (_gate)
            TryAllocate(_position + (2 * reserveBytes));
    }

    /// <summary>The records reach to a position.</summary>
    public void MoveTo(long position)
    {
        lock (_gate)
            _position = position;
    }

    /// <summary>The file was cut off behind the records.</summary>
    public void Shrink()
    {
        lock (_gate)
            _allocated = _position;
    }

    /// <summary>Promises room for the record of a request, before anything of it is written.</summary>
    /// <returns>Whether there is any.</returns>
    public bool TryPromise(CommitRequest request, FlowLogOptions options)
    {
        long bytes = RecordOverhead + request.EntryBytes(options);
        bool mayUseReserve = request.Writes.Count == 0 && bytes <= reserveBytes / 4;
        lock (_gate)
        {
            long end = _position + _promised + bytes;
            if (end + reserveBytes > _allocated)
            {
                long step = Math.Clamp(_position / 4, reserveBytes, MaxStepBytes);
                bool hasRoom = TryAllocate(end + reserveBytes + step) || TryAllocate(end + reserveBytes);
                if (!hasRoom && (!mayUseReserve || end > _allocated))
                    return false;
            }

            _promised += bytes;
            request.Promised = bytes;
            return true;
        }
    }

    /// <summary>The request has its record, or needs none any more.</summary>
    public void Release(CommitRequest request)
    {
        lock (_gate)
            _promised -= request.Promised;
        request.Promised = 0;
    }

    private bool TryAllocate(long length)
    {
        try
        {
            _file!.Reserve(length);
            _allocated = Math.Max(_allocated, length);
            return true;
        }
        catch (IOException e) when (DiskSpace.IsUsedUp(e))
        {
            return false;
        }
    }
}
