using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Flowgen.Runtime;

/// <summary>Arithmetic of windows; with constant arguments the division becomes a multiplication.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WindowMath
{
    /// <summary>Start of the tumbling window of a time; right before 1970, too.</summary>
    /// <param name="time">Unix milliseconds.</param>
    /// <param name="size">Size of the windows in milliseconds, more than 0.</param>
    /// <param name="offset">By how much the windows start after multiples of their size, in milliseconds.</param>
    /// <returns>Unix milliseconds.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Floor(long time, long size, long offset = 0)
    {
        long remainder = (time - offset) % size;
        return time - remainder - (remainder < 0 ? size : 0);
    }
}
