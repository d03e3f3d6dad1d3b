using System.Buffers;
using Flowgen.Log.Files;

namespace Flowgen.Log;

/// <summary>Reads the headers of the batches of a segment into an index. At a defect it ends: who reads on from there meets it and reports it.</summary>
internal static class IndexBuilder
{
    private const int WindowBytes = 16 << 10;

    /// <summary>Reads on from where an index ends.</summary>
    /// <param name="index">The index.</param>
    /// <param name="file">The segment.</param>
    /// <param name="end">Where to end in it.</param>
    /// <param name="read">Told how many bytes were read, before it goes on.</param>
    public static void Extend(SegmentIndex index, IFile file, long end, Action<int>? read = null)
    {
        byte[] window = ArrayPool<byte>.Shared.Rent(WindowBytes);
        long start = 0;
        int length = 0;
        while (end - index.End >= BatchFormat.HeaderSize)
        {
            if (index.End + BatchFormat.HeaderSize > start + length)
            {
                start = index.End;
                length = file.Read(start, window.AsSpan(0, (int)Math.Min(WindowBytes, end - start)));
                read?.Invoke(length);
            }

            var header = window.AsSpan((int)(index.End - start), BatchFormat.HeaderSize);
            bool isWhole = length >= BatchFormat.HeaderSize && BatchHeader.Defect(header, end - index.End) is null;
            if (!isWhole || BatchHeader.BaseOffset(header) != index.NextOffset)
                break;
            index.Add(header);
        }

        ArrayPool<byte>.Shared.Return(window);
    }
}
