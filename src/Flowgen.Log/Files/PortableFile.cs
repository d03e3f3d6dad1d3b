using Microsoft.Win32.SafeHandles;

namespace Flowgen.Log.Files;

/// <summary>A file through .NET alone.</summary>
internal class PortableFile(string path, SafeFileHandle handle) : IFile
{
    /// <summary>Where the file is, for messages.</summary>
    protected string Path => path;

    /// <summary>The operating system's handle.</summary>
    protected SafeFileHandle Handle => handle;

    /// <inheritdoc/>
    public long Length => RandomAccess.GetLength(handle);

    /// <inheritdoc/>
    public int Read(long position, Span<byte> buffer)
    {
        int total = 0;
        while (total < buffer.Length)
        {
            int count = RandomAccess.Read(handle, buffer[total..], position + total);
            if (count == 0)
                break;
            total += count;
        }

        return total;
    }

    /// <inheritdoc/>
    public void Write(long position, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, position);

    /// <inheritdoc/>
    public void Truncate(long length) => RandomAccess.SetLength(handle, length);

    /// <inheritdoc/>
    public virtual void Reserve(long length)
    {
    }

    /// <inheritdoc/>
    public virtual void Sync() => RandomAccess.FlushToDisk(handle);

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
