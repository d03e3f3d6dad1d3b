using Microsoft.CodeAnalysis.Text;

namespace Flowgen.TestKit;

/// <summary>A source with places marked in it: <c>[|x|]</c>, or <c>{|FLOW0301:x|}</c> with the ID of what is expected there.</summary>
/// <param name="Text">The source without the marks.</param>
/// <param name="Spans">The marked places in the order of their ends; the ID is null where none is given.</param>
public sealed record Markup(string Text, IReadOnlyList<(string? Id, TextSpan Span)> Spans)
{
    /// <summary>Takes the marks out of a source.</summary>
    /// <param name="source">The source with marks; they may be nested.</param>
    /// <returns>Text and places.</returns>
    /// <exception cref="FormatException">A mark is not closed, or closed without being open.</exception>
    public static Markup Parse(string source)
    {
        source = source.ReplaceLineEndings("\n");
        var text = new System.Text.StringBuilder();
        var spans = new List<(string? Id, TextSpan Span)>();
        var open = new Stack<(string? Id, int Start)>();
        for (int i = 0; i < source.Length; i++)
        {
            if (At(source, i, "[|"))
            {
                open.Push((null, text.Length));
                i++;
            }
            else if (At(source, i, "{|"))
            {
                int colon = source.IndexOf(':', i);
                open.Push((source[(i + 2)..colon], text.Length));
                i = colon;
            }
            else if (At(source, i, "|]") || At(source, i, "|}"))
            {
                if (open.Count == 0) throw new FormatException($"Mark at {i} closes nothing");
                (string? id, int start) = open.Pop();
                spans.Add((id, TextSpan.FromBounds(start, text.Length)));
                i++;
            }
            else
            {
                text.Append(source[i]);
            }
        }

        if (open.Count > 0) throw new FormatException("A mark is not closed");
        return new Markup(text.ToString(), spans);
    }

    /// <summary>Writes marks into a source, so that a failed test shows what was found where.</summary>
    /// <param name="text">The source.</param>
    /// <param name="spans">The places, not overlapping except when nested.</param>
    /// <returns>The source with marks.</returns>
    public static string Write(string text, IEnumerable<(string Id, TextSpan Span)> spans)
    {
        var marks = spans.SelectMany(s => new[] { (At: s.Span.Start, Text: $"{{|{s.Id}:"), (At: s.Span.End, Text: "|}") }).OrderByDescending(m => m.At).ThenBy(m => m.Text.Length);
        foreach ((int at, string mark) in marks) text = text.Insert(at, mark);
        return text;
    }

    private static bool At(string source, int index, string mark) => string.CompareOrdinal(source, index, mark, 0, mark.Length) == 0;
}
