using Flowgen.Log.Files;

namespace Flowgen.TestKit.Simulation;

/// <summary>An open file of the simulated disk.</summary>
internal sealed class SimulatedFile(SimulatedFileSystem files, string path, SimulatedFileData data) : IFile
{
    public long Length => data.Content.Length;

    public int Read(long position, Span<byte> buffer) => files.Read(data.Content, position, buffer);

    public void Write(long position, ReadOnlySpan<byte> bytes) => files.Write(path, data, position, bytes);

    public void Truncate(long length) => files.Change(DiskOperation.Truncate, path, () => data.Truncate(length));

    public void Reserve(long length) => files.Reserve(path, data, length);

    public void Sync() => files.Sync(path, data);

    public void Dispose()
    {
    }
}
