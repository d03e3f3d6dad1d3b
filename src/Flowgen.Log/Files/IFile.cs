namespace Flowgen.Log.Files;

/// <summary>An open file. Reads and writes name their position and may come from several threads.</summary>
public interface IFile : IDisposable
{
    /// <summary>Bytes in the file.</summary>
    long Length { get; }

    /// <summary>Reads until the buffer is full or the file ends.</summary>
    /// <param name="position">Where to start.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <returns>Bytes read; fewer than asked for only at the end of the file.</returns>
    int Read(long position, Span<byte> buffer);

    /// <summary>Writes all the bytes; the file grows if needed.</summary>
    /// <param name="position">Where to start.</param>
    /// <param name="bytes">The bytes.</param>
    void Write(long position, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts off, or fills with zeros.</summary>
    /// <param name="length">The new length.</param>
    void Truncate(long length);

    /// <summary>Allocates room, so that writes before this position cannot fail for lack of it. The length stays; where the system cannot do it, nothing happens.</summary>
    /// <param name="length">The position up to which room is needed.</param>
    void Reserve(long length);

    /// <summary>Makes content and length durable. After a failure nobody knows what is on the disk: do not try again.</summary>
    void Sync();
}
