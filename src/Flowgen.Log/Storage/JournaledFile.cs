using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>A segment as opening the log will leave it: with the journaled bytes, of which nobody knows whether they are in it.</summary>
internal sealed class JournaledFile(IFile file, IReadOnlyList<(long Position, ReadOnlyMemory<byte> Bytes)> journaled) : IFile
{
    public long Length => Math.Max(file.Length, journaled.Max(j => j.Position + j.Bytes.Length));

    public int Read(long position, Span<byte> buffer)
    {
        int count = (int)Math.Clamp(Length - position, 0, buffer.Length);
        int read = file.Read(position, buffer[..count]);
        buffer[read..count].Clear();
        foreach (var (start, bytes) in journaled)
        {
            long from = Math.Max(start, position);
            long to = Math.Min(start + bytes.Length, position + count);
            if (from < to)
                bytes.Span[(int)(from - start)..(int)(to - start)].CopyTo(buffer[(int)(from - position)..]);
        }

        return count;
    }

    public void Write(long position, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    public void Truncate(long length) => throw new NotSupportedException();

    public void Reserve(long length) => throw new NotSupportedException();

    public void Sync() => throw new NotSupportedException();

    public void Dispose() => file.Dispose();
}
