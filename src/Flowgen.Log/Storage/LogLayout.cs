using System.Globalization;

namespace Flowgen.Log.Storage;

/// <summary>Where everything lies in the directory of a log.</summary>
/// <remarks>
/// <c>flowgen.log</c> format and version, written last when a log is created · <c>lock</c> · <c>clean</c> (after a clean shutdown) ·
/// <c>durable</c> (the last durable commit, for readers in other processes) ·
/// <c>commits/{first sequence}.commits</c> · <c>topics/{topic}/{partition}/{base offset}.segment</c>, <c>….index</c> of those that are
/// sealed and, after a crash, <c>….torn</c>.
/// </remarks>
internal sealed class LogLayout(string root)
{
    public const string FormatName = "flowgen.log";
    public const string LockName = "lock";
    public const string CleanName = "clean";
    public const string DurableName = "durable";
    public const string CommitsName = "commits";
    public const string TopicsName = "topics";
    public const string CommitsSuffix = ".commits";
    public const string SegmentSuffix = ".segment";
    public const string IndexSuffix = ".index";
    public const string TornSuffix = ".torn";
    private const int Digits = 20;

    public string Root => root;

    public string Lock => Path.Combine(root, LockName);

    public string Format => Path.Combine(root, FormatName);

    public string Clean => Path.Combine(root, CleanName);

    public string Durable => Path.Combine(root, DurableName);

    public string Commits => Path.Combine(root, CommitsName);

    public string Topics => Path.Combine(root, TopicsName);

    public static string NumberedName(long number, string suffix) => number.ToString("D20", CultureInfo.InvariantCulture) + suffix;

    /// <summary>The number in the name of a file, or null for another file.</summary>
    public static long? NumberIn(string name, string suffix)
    {
        if (name.Length != Digits + suffix.Length || !name.EndsWith(suffix, StringComparison.Ordinal))
            return null;
        return long.TryParse(name.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
    }

    /// <summary>Name of a segment: the first has generation 0, one that took the place of others by compaction a higher one.</summary>
    public static string SegmentName(long baseOffset, int generation) =>
        NumberedName(baseOffset, generation == 0 ? SegmentSuffix : FormattableString.Invariant($".{generation}{SegmentSuffix}"));

    /// <summary>What the name of a file says of the segment in it, or null for another file.</summary>
    public static (long BaseOffset, int Generation)? SegmentIn(string name)
    {
        if (NumberIn(name, SegmentSuffix) is { } first)
            return (first, 0);
        if (name.Length <= Digits + 1 + SegmentSuffix.Length || !name.EndsWith(SegmentSuffix, StringComparison.Ordinal))
            return null;
        bool isNumbered = long.TryParse(name.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out long baseOffset);
        isNumbered &= int.TryParse(name.AsSpan(Digits + 1, name.Length - Digits - 1 - SegmentSuffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int generation);
        return isNumbered && generation > 0 && name == SegmentName(baseOffset, generation) ? (baseOffset, generation) : null;
    }

    /// <summary>What the name of a file says of the segment whose index is in it, or null for another file.</summary>
    public static (long BaseOffset, int Generation)? IndexIn(string name) =>
        name.EndsWith(IndexSuffix, StringComparison.Ordinal) ? SegmentIn(string.Concat(name.AsSpan(0, name.Length - IndexSuffix.Length), SegmentSuffix)) : null;

    public string CommitFile(long firstSequence) => Path.Combine(Commits, NumberedName(firstSequence, CommitsSuffix));

    public string Topic(string name) => Path.Combine(Topics, name);

    public string Partition(string topic, int partition) => Path.Combine(Topics, topic, partition.ToString(CultureInfo.InvariantCulture));
}
