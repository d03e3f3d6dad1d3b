using System.Buffers.Binary;
using Flowgen.Log.Files;
using Flowgen.Log.Maintenance;
using Flowgen.Log.Storage;

namespace Flowgen.Log;

/// <summary>A segment file, read on its own, wherever it lies and whatever has become of it. For looking into; a <see cref="PartitionReader"/> reads what is committed.</summary>
public sealed class SegmentFile : IDisposable
{
    private readonly SegmentWalk _walk;

    private SegmentFile(SegmentWalk walk, string? headerDefect, int topicId, int partition, long baseOffset, long length)
    {
        _walk = walk;
        HeaderDefect = headerDefect;
        TopicId = topicId;
        Partition = partition;
        BaseOffset = baseOffset;
        Length = length;
    }

    /// <summary>What is wrong with the first 64 bytes, or null.</summary>
    public string? HeaderDefect { get; }

    /// <summary>Id of the topic in the log.</summary>
    public int TopicId { get; }

    /// <summary>The partition.</summary>
    public int Partition { get; }

    /// <summary>Offset of the first record.</summary>
    public long BaseOffset { get; }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    /// <summary>Where the stretch at hand starts.</summary>
    public long Position => _walk.Position;

    /// <summary>Bytes of the stretch at hand; 0 where records are missing between two batches.</summary>
    public long StretchBytes => _walk.NextPosition - _walk.Position;

    /// <summary>What is wrong with the stretch at hand; null if it is a batch.</summary>
    public string? Defect => _walk.Defect;

    /// <summary>The batch at hand, if <see cref="Defect"/> is null; valid until the next call of <see cref="TryNext"/>.</summary>
    public RecordBatch Batch => _walk.Batch;

    /// <summary>Opens a segment file. Nothing is changed.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The file, before its first batch.</returns>
    public static SegmentFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(Path.GetFullPath(path), new ReadOnlyFileSystem(FileSystems.ForThisMachine));
    }

    internal static SegmentFile Open(string path, IFileSystem files)
    {
        Span<byte> header = stackalloc byte[SegmentHeader.Size];
        header.Clear();
        long length;
        using (var file = files.Open(path, FileOpenMode.ReadOnly))
        {
            length = file.Length;
            file.Read(0, header);
        }

        int topicId = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        int partition = BinaryPrimitives.ReadInt32LittleEndian(header[16..]);
        string? defect = HeaderDefectOf(header, path, topicId, partition);
        long baseOffset = defect is null ? BinaryPrimitives.ReadInt64LittleEndian(header[24..]) : LogLayout.SegmentIn(Path.GetFileName(path))?.BaseOffset ?? 0;
        var owner = new Partition(files, new LogLayout(Path.GetDirectoryName(path) ?? path), topicId, "segment", partition, new TopicSettings());
        var segment = new Segment(files, path, baseOffset, 0);
        var walk = new SegmentWalk(new SegmentExtent(owner, segment, false, Math.Max(length, SegmentHeader.Size), long.MaxValue, long.MaxValue));
        return new SegmentFile(walk, defect, topicId, partition, baseOffset, length);
    }

    /// <summary>Takes the next stretch of the file: a batch, or bytes that are none.</summary>
    /// <returns>False at the end.</returns>
    public bool TryNext() => _walk.TryNext();

    /// <summary>Closes the file.</summary>
    public void Dispose() => _walk.Dispose();

    private static string? HeaderDefectOf(ReadOnlySpan<byte> header, string path, int topicId, int partition)
    {
        try
        {
            SegmentHeader.Check(header, path, topicId, partition, BinaryPrimitives.ReadInt64LittleEndian(header[24..]));
            return null;
        }
        catch (FlowLogException e)
        {
            return e.Message;
        }
    }
}
