namespace Flowgen.TestKit.Simulation;

/// <summary>A number for everything on a disk, to count the states that differ.</summary>
public static class DiskHash
{
    public static ulong Of(SimulatedFileSystem files)
    {
        var hash = new Hash64();
        Span<byte> buffer = stackalloc byte[PagedContent.PageSize];
        foreach (var (path, content) in files.Entries)
        {
            hash.Add(path);
            hash.Add(content?.Length ?? -1);
            for (long at = 0; at < content?.Length; at += buffer.Length)
                hash.Add(buffer[..content.Read(at, buffer)]);
        }

        return hash.Value;
    }
}
