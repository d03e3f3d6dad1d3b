using System.Diagnostics;

namespace Flowgen.Benchmarks.Gates;

/// <summary>What the disk under the temporary directory takes: the limit of everything that has to be stored.</summary>
internal static class PlainDisk
{
    private const int ChunkBytes = 4 << 20;
    private const int SyncedBytes = 32 << 20;

    /// <summary>Writes bytes to one file from its start to its end.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="syncs">Whether to sync every 32 MiB and at the end.</param>
    /// <returns>How long it took.</returns>
    public static TimeSpan Write(long bytes, bool syncs = true)
    {
        using TemporaryDirectory directory = new();
        using FileStream file = new(Path.Combine(directory.Path, "plain"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] chunk = new byte[ChunkBytes];
        Random.Shared.NextBytes(chunk);
        long started = Stopwatch.GetTimestamp();
        for (long written = 0; written < bytes; written += ChunkBytes)
        {
            file.Write(chunk.AsSpan(0, (int)Math.Min(ChunkBytes, bytes - written)));
            if (syncs && written % SyncedBytes == 0) file.Flush(flushToDisk: true);
        }

        if (syncs) file.Flush(flushToDisk: true);
        return Stopwatch.GetElapsedTime(started);
    }
}
