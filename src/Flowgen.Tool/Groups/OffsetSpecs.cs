using System.Globalization;
using Flowgen.Log;

namespace Flowgen.Tool.Groups;

/// <summary>Where a group is moved: <c>--to beginning|end|OFFSET|TIME|-N</c>.</summary>
internal static class OffsetSpecs
{
    public const string Form = "beginning|end|offset|time|-count";

    public static bool TryParse(string text, out OffsetSpec spec)
    {
        spec = text switch
        {
            "beginning" => OffsetSpec.Earliest,
            "end" => OffsetSpec.Latest,
            ['-', .. var count] when long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out long back) => OffsetSpec.ShiftBy(-back),
            _ when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long offset) => OffsetSpec.ForOffset(offset),
            _ when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) => OffsetSpec.ForTimestamp(time),
            _ => null!,
        };
        return spec is not null;
    }
}
