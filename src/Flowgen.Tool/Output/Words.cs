using System.Globalization;
using Flowgen.Log;

namespace Flowgen.Tool.Output;

/// <summary>Settings in the words of the attributes.</summary>
internal static class Words
{
    public static string Of(TopicCleanup cleanup) => cleanup switch
    {
        TopicCleanup.Compact => "compact",
        TopicCleanup.CompactAndDelete => "compact, delete",
        _ => "delete",
    };

    /// <returns>Such as "30d", "1h30m" or "forever".</returns>
    public static string OfRetention(TimeSpan? retention)
    {
        if (retention is not { } time)
            return "forever";
        IEnumerable<string> parts = new[] { (time.Days, "d"), (time.Hours, "h"), (time.Minutes, "m"), (time.Seconds, "s"), (time.Milliseconds, "ms") }
            .Where(part => part.Item1 > 0)
            .Select(part => part.Item1.ToString(CultureInfo.InvariantCulture) + part.Item2);
        return string.Concat(parts);
    }
}
