using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Flowgen.Log.Files;

/// <summary>
/// The calls of Linux's C library that .NET does not offer, or whose failure it swallows: <c>RandomAccess.FlushToDisk</c> returns normally
/// after a failed fsync, and a directory cannot be opened at all.
/// </summary>
internal static partial class Libc
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Truncate = 0x200;
    public const int CloseOnExec = 0x80000;
    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;
    public const int LockReleased = 8;
    public const int WouldBlock = 11;
    public const int TooManyLinks = 40;

    private const int NotPermitted = 1;
    private const int Interrupted = 4;
    private const int OtherDevice = 18;
    private const int LinkLimit = 31;
    private const int NotSupported = 95;
    private const int KeepSize = 1;
    private const int RetryLimit = 1_000;

    // These two bits are swapped on ARM.
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    public static int DirectoryOnly => IsArm ? 0x4000 : 0x10000;

    public static int NoFollow => IsArm ? 0x8000 : 0x20000;

    public static SafeFileHandle Open(string path, int flags, int mode)
    {
        int descriptor = Retry(() => OpenFile(path, flags | CloseOnExec, mode));
        if (descriptor >= 0)
            return new SafeFileHandle(descriptor, ownsHandle: true);
        int error = Marshal.GetLastPInvokeError();
        if (error == 2)
            throw new FileNotFoundException($"'{path}' does not exist.", path);
        if (error == TooManyLinks)
            throw new IOException($"'{path}' is a symbolic link, which the log does not follow. Put the file or directory itself there.");
        throw Failure("open", path, error);
    }

    public static void Sync(SafeFileHandle handle, string path)
    {
        if (Retry(() => SyncAll(handle)) != 0)
            throw Failure("fsync", path, Marshal.GetLastPInvokeError());
    }

    public static void SyncData(SafeFileHandle handle, string path)
    {
        if (Retry(() => SyncContent(handle)) != 0)
            throw Failure("fdatasync", path, Marshal.GetLastPInvokeError());
    }

    /// <summary>Whether the lock was taken; false if somebody else has it.</summary>
    public static bool TryLock(SafeFileHandle handle, string path)
    {
        if (Retry(() => LockFile(handle, LockExclusive | LockNonBlocking)) == 0)
            return true;
        int error = Marshal.GetLastPInvokeError();
        return error == WouldBlock ? false : throw Failure("flock", path, error);
    }

    /// <summary>Gives a lock back, whoever else has the file open through the same handle. That cannot fail but for a handle that is none.</summary>
    public static void Unlock(SafeFileHandle handle) => Retry(() => LockFile(handle, LockReleased));

    /// <summary>Allocates blocks up to a length, which the file does not get by it; nothing happens where the file system cannot do it.</summary>
    public static void Allocate(SafeFileHandle handle, long length, string path)
    {
        if (Retry(() => AllocateBlocks(handle, KeepSize, 0, length)) == 0)
            return;
        int error = Marshal.GetLastPInvokeError();
        if (error != NotSupported)
            throw Failure("fallocate", path, error);
    }

    /// <summary>Whether a second name was given; false if the file system, or the way between the two places, does not allow it.</summary>
    public static bool TryLink(string existing, string path)
    {
        if (Retry(() => Link(existing, path)) == 0)
            return true;
        int error = Marshal.GetLastPInvokeError();
        return error is OtherDevice or NotPermitted or NotSupported or LinkLimit ? false : throw Failure("link", path, error);
    }

    private static IOException Failure(string call, string path, int error) =>
        new($"{call} of '{path}' failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error}).", error);

    private static int Retry(Func<int> call)
    {
        for (int i = 0; ; i++)
        {
            int result = call();
            if (result >= 0 || Marshal.GetLastPInvokeError() != Interrupted || i == RetryLimit)
                return result;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncAll(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int SyncContent(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int LockFile(SafeFileHandle handle, int operation);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int AllocateBlocks(SafeFileHandle handle, int mode, long offset, long length);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string path);
}
