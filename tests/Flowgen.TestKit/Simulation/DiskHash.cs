using System.Runtime.InteropServices;

namespace Flowgen.TestKit.Simulation;

/// <summary>A number for everything on a disk, to count the states that differ.</summary>
public static class DiskHash
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    public static ulong Of(SimulatedFileSystem files)
    {
        ulong hash = Prime;
        Span<byte> buffer = stackalloc byte[PagedContent.PageSize];
        foreach (var (path, content) in files.Entries)
        {
            hash = Add(Add(hash, MemoryMarshal.AsBytes(path.AsSpan())), (ulong)(content?.Length ?? -1));
            for (long at = 0; at < content?.Length; at += buffer.Length)
            {
                int count = content.Read(at, buffer);
                hash = Add(hash, buffer[..count]);
            }
        }

        return hash;
    }

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(bytes))
            hash = Add(hash, word);
        foreach (byte rest in bytes[(bytes.Length & ~7)..])
            hash = Add(hash, rest);
        return hash;
    }

    private static ulong Add(ulong hash, ulong word)
    {
        hash = (hash ^ word) * Prime;
        return hash ^ (hash >> 29);
    }
}
