using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Flowgen.Benchmarks.Gates;

/// <summary>What the disk under the temporary directory takes: the limit of everything that has to be stored. The faster of two bare loops.</summary>
internal static class PlainDisk
{
    private const int ChunkBytes = 512 << 10; // as the log writes
    private const int SyncedBytes = 32 << 20;

    /// <summary>Writes bytes to one file from its start to its end: in one loop, and with a second thread that syncs while the first writes.</summary>
    /// <param name="bytes">How many; what they are does not matter to a disk, but they are not zeros only.</param>
    /// <param name="syncs">Whether all of it is to be durable.</param>
    /// <returns>How long the faster one took.</returns>
    public static TimeSpan Write(long bytes, bool syncs = true)
    {
        TimeSpan alone = Time(file => WriteAlone(file, bytes, syncs));
        if (!syncs) return alone;
        TimeSpan overlapped = Time(file => WriteOverlapped(file, bytes));
        return alone < overlapped ? alone : overlapped;
    }

    private static TimeSpan Time(Action<SafeFileHandle> write)
    {
        using TemporaryDirectory directory = new();
        using SafeFileHandle file = File.OpenHandle(Path.Combine(directory.Path, "plain"), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        long started = Stopwatch.GetTimestamp();
        write(file);
        return Stopwatch.GetElapsedTime(started);
    }

    private static void WriteAlone(SafeFileHandle file, long bytes, bool syncs)
    {
        byte[] chunk = Chunk();
        for (long written = 0; written < bytes; written += ChunkBytes)
        {
            RandomAccess.Write(file, chunk.AsSpan(0, (int)Math.Min(ChunkBytes, bytes - written)), written);
            if (syncs && written % SyncedBytes == 0) Sync(file);
        }

        if (syncs) Sync(file);
    }

    private static void WriteOverlapped(SafeFileHandle file, long bytes)
    {
        bool isWritten = false;
        Task syncing = Task.Factory.StartNew(
            () =>
            {
                while (!Volatile.Read(ref isWritten)) Sync(file);
                Sync(file);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        WriteAlone(file, bytes, syncs: false);
        Volatile.Write(ref isWritten, true);
        syncing.GetAwaiter().GetResult();
    }

    private static byte[] Chunk()
    {
        byte[] chunk = new byte[ChunkBytes];
        Random.Shared.NextBytes(chunk);
        return chunk;
    }

    // The framework's own flush hides a failure.
    private static void Sync(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux()) RandomAccess.FlushToDisk(file);
        else if (SyncData(file) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncData(SafeFileHandle file);
}
