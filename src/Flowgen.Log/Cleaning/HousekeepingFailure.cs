namespace Flowgen.Log;

/// <summary>Work in the background of a log that failed when it was last tried. It is tried again, and disappears from the list when it succeeds.</summary>
/// <param name="Job">What failed: "retention", "compaction" and the like.</param>
/// <param name="Where">The partition or topic it was about; empty where it concerns the whole log.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="FirstAt">When it failed first, in Unix milliseconds.</param>
/// <param name="LastAt">When it failed last, in Unix milliseconds.</param>
/// <param name="Times">How often it has failed since it last succeeded.</param>
public sealed record HousekeepingFailure(string Job, string Where, string Message, long FirstAt, long LastAt, int Times);
