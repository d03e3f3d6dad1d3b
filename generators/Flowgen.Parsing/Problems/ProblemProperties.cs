namespace Flowgen.Parsing;

/// <summary>Names of the properties of a <see cref="Problem"/>.</summary>
public static class ProblemProperties
{
    /// <summary>A type to write into the code, with <c>global::</c>.</summary>
    public const string Type = nameof(Type);

    /// <summary>A name to write into the code.</summary>
    public const string Name = nameof(Name);

    /// <summary>A literal to put in place of the underlined one, without quotes.</summary>
    public const string Value = nameof(Value);
}
