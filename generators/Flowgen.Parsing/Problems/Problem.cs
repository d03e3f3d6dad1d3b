using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>
/// A mistake in a declaration: where it is, and the words that fill its rule's message. Holds a location, so it never enters the generator's pipeline.
/// </summary>
public sealed class Problem(ProblemKind kind, Location location, params ImmutableArray<string> arguments)
{
    public ProblemKind Kind { get; } = kind;

    public Location Location { get; } = location;

    /// <summary>{0}, {1}, … of the message.</summary>
    public ImmutableArray<string> Arguments { get; } = arguments;

    /// <summary>What a code fix needs beyond the location, for example the type to add.</summary>
    public ImmutableDictionary<string, string?> Properties { get; private set; } =
        ImmutableDictionary<string, string?>.Empty;

    public Problem With(string property, string? value)
    {
        Properties = Properties.SetItem(property, value);
        return this;
    }
}
