using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Reads durations of attributes and says what is wrong with them.</summary>
internal static class DurationReader
{
    /// <summary>Reads a named duration; 0 and the given text where it is missing or wrong.</summary>
    public static (long Ms, string Text) Named(AttributeData attribute, string name, string otherwise, ISymbol owner, ProblemList problems, bool mayBeZero = true)
    {
        string text = attribute.NamedText(name) ?? otherwise;
        return (Read(text, name, mayBeZero, () => attribute.NamedLocation(name, owner), problems), text);
    }

    /// <summary>Reads the duration that is the first constructor argument.</summary>
    public static (long Ms, string Text) First(AttributeData attribute, string name, ISymbol owner, ProblemList problems)
    {
        string text = attribute.First<string>() ?? "";
        return (Read(text, name, false, () => attribute.FirstLocation(owner), problems), text);
    }

    /// <summary>Reads a duration; 0 where it is wrong.</summary>
    public static long Read(string text, string name, bool mayBeZero, Func<Location> location, ProblemList problems)
    {
        if (!DurationText.TryParse(text, out long ms))
        {
            Problem problem = new(ProblemKind.DurationNotValid, location(), text);
            problems.Add(DurationText.Suggest(text) is { } meant ? problem.With(ProblemProperties.Value, meant) : problem);
            return 0;
        }

        if (ms == 0 && !mayBeZero) problems.Add(ProblemKind.DurationMustBePositive, location(), name);
        return ms;
    }
}
