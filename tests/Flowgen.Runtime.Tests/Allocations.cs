namespace Flowgen.Runtime.Tests;

/// <summary>What a piece of work allocates.</summary>
internal static class Allocations
{
    private const int Passes = 5;

    /// <summary>The least of some passes, in bytes: a collection that other tests cause charges this thread with what is left of its allocation context;
    /// what the work costs is in every pass.</summary>
    public static long Least(Action work)
    {
        long least = long.MaxValue;
        for (int pass = 0; pass < Passes; pass++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
