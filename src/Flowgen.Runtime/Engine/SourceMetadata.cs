using System.Globalization;

namespace Flowgen.Runtime;

/// <summary>What stands beside the committed offset of a source: its newest event time, from which every reader's watermark follows.</summary>
internal static class SourceMetadata
{
    private const string Prefix = "newest=";

    public static string Format(long newestTime) => newestTime == long.MinValue ? "" : string.Create(CultureInfo.InvariantCulture, $"{Prefix}{newestTime}");

    /// <summary>The newest event time; <see cref="long.MinValue"/> where none was noted.</summary>
    public static long Parse(string? metadata) =>
        metadata is not null && metadata.StartsWith(Prefix, StringComparison.Ordinal)
        && long.TryParse(metadata.AsSpan(Prefix.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long newest)
            ? newest
            : long.MinValue;
}
