using Flowgen.Log.Files;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>
/// The file of commit records: the only atomic point of the log. It is replaced by a new one that starts with a checkpoint when it has grown,
/// so that opening stays fast. Used by the committing thread only.
/// </summary>
internal sealed class CommitLog : IDisposable
{
    private const int MinRotateBytes = 4 << 20;

    private readonly IFileSystem _files;
    private readonly LogLayout _layout;
    private readonly bool _sync;
    private readonly ByteBuffer _buffer = new(4096);
    private IFile? _file;
    private long _rotateAt;

    public CommitLog(IFileSystem files, LogLayout layout, bool sync)
    {
        _files = files;
        _layout = layout;
        _sync = sync;
    }

    /// <summary>Sequence of the first record of the file, which is also its name.</summary>
    public long FirstSequence { get; private set; }

    /// <summary>Where the next record goes.</summary>
    public long Position { get; private set; }

    public bool IsDueToRotate => Position >= _rotateAt;

    /// <summary>Goes on with an existing file, after recovery has read it.</summary>
    public void Continue(long firstSequence, long position, long checkpointEnd)
    {
        _file = _files.Open(_layout.CommitFile(firstSequence), FileOpenMode.Existing);
        FirstSequence = firstSequence;
        Position = position;
        SetRotation(checkpointEnd);
    }

    /// <summary>Appends a record and makes it durable.</summary>
    public void Append(ReadOnlySpan<byte> entries, long sequence, long time)
    {
        _buffer.Clear();
        int start = CommitFormat.BeginRecord(_buffer);
        _buffer.Write(entries);
        CommitFormat.EndRecord(_buffer, start, _sync ? (ushort)0 : CommitFormat.BufferedFlag, sequence, time);
        _file!.Write(Position, _buffer.Written);
        if (_sync)
            _file.Sync();
        Position += _buffer.Length;
    }

    public void Sync() => _file!.Sync();

    /// <summary>Writes the whole state to a new file, which takes the place of the old one. The data that the state names must be durable.</summary>
    public void Rotate(LogState state, long time)
    {
        _buffer.Clear();
        CommitFormat.WriteFileHeader(_buffer, state.Sequence);
        int start = CommitFormat.BeginRecord(_buffer);
        state.WriteCheckpoint(_buffer);
        CommitFormat.EndRecord(_buffer, start, CommitFormat.CheckpointFlag, state.Sequence, time);
        _files.WriteDurably(_layout.Commits, LogLayout.NumberedName(state.Sequence, LogLayout.CommitsSuffix), _buffer.Written);

        long old = FirstSequence;
        bool hadFile = _file is not null;
        Dispose();
        Continue(state.Sequence, _buffer.Length, _buffer.Length);
        if (hadFile && old != state.Sequence)
            _files.Delete(_layout.CommitFile(old));
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    // A file is as long as a few checkpoints at most: opening reads as much as it has to, and rotation costs little for each commit.
    private void SetRotation(long checkpointEnd) => _rotateAt = Math.Max(MinRotateBytes, 4 * checkpointEnd);
}
