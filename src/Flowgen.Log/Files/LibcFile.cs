using Microsoft.Win32.SafeHandles;

namespace Flowgen.Log.Files;

/// <summary>A file of Linux, with a checked fdatasync (which makes a changed length durable, too).</summary>
internal sealed class LibcFile(string path, SafeFileHandle handle) : PortableFile(path, handle)
{
    /// <inheritdoc/>
    public override void Reserve(long length) => Libc.Allocate(Handle, length, Path);

    /// <inheritdoc/>
    public override void Sync() => Libc.SyncData(Handle, Path);
}
