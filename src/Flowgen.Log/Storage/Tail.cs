using System.Buffers;
using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>
/// The bytes of a segment behind its committed end. A crash leaves any bytes there, whole batches behind damaged ones included, because
/// they were not yet synced; no commit names them, so that they were never there.
/// </summary>
internal readonly record struct Tail(Segment Segment, long End, long TornFrom)
{
    private const int WindowBytes = 1 << 16;

    public long UncommittedBytes => TornFrom - Segment.CommittedEnd;

    public long TornBytes => End - TornFrom;

    /// <summary>Looks how far whole batches reach behind the committed end. Changes nothing.</summary>
    public static Tail Inspect(Segment segment, IFile file)
    {
        long end = file.Length;
        return new Tail(segment, end, FindEndOfWholeBatches(file, segment.CommittedEnd, end, segment.NextOffset));
    }

    /// <summary>How far batches reach one after the other that are whole and have the offsets that are due.</summary>
    public static long FindEndOfWholeBatches(IFile file, long position, long end, long offset)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(WindowBytes);
        while (position < end && WholeBatch(file, position, end, offset, ref buffer) is > 0 and var length)
        {
            offset = BatchHeader.NextOffset(buffer);
            position += length;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return position;
    }

    /// <summary>Keeps the torn bytes beside the segment and cuts the tail off.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="isJournaled">Whether the segment is synced later: a tail that comes back until then is cut off again.</param>
    /// <returns>The file with the torn bytes, or null if there are none.</returns>
    public string? Cut(IFileSystem files, bool isJournaled)
    {
        string? copy = null;
        var (segment, end, tornFrom) = this;
        segment.Use(file =>
        {
            if (end > tornFrom)
                copy = TornFile.Copy(files, file, segment.Path, tornFrom, end);
            file.Truncate(segment.CommittedEnd);
            if (!isJournaled)
                segment.Sync();
        });
        return copy;
    }

    private static int WholeBatch(IFile file, long position, long end, long offset, ref byte[] buffer)
    {
        int read = file.Read(position, buffer.AsSpan(0, BatchFormat.HeaderSize));
        if (read < BatchFormat.HeaderSize || BatchHeader.Defect(buffer, end - position) is not null || BatchHeader.BaseOffset(buffer) != offset)
            return 0;
        int length = BatchHeader.Length(buffer);
        if (length > buffer.Length)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(length);
        }

        return file.Read(position, buffer.AsSpan(0, length)) == length && BatchHeader.CrcIsRight(buffer.AsSpan(0, length), out _, out _) ? length : 0;
    }
}
