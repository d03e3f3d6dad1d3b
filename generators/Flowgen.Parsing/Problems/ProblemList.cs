using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>The problems that a parser has found so far.</summary>
internal sealed class ProblemList
{
    private readonly List<Problem> _problems = [];

    public bool HasErrors { get; private set; }

    /// <summary>Notes that something is wrong which the C# compiler reports itself, such as a type that does not exist.</summary>
    public void NoteCompilerError() => HasErrors = true;

    public ImmutableArray<Problem> ToImmutable() =>
        [.. _problems.OrderBy(p => p.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(p => p.Location.SourceSpan.Start).ThenBy(p => p.Kind)];

    public void Add(ProblemKind kind, Location location, params string[] arguments) =>
        Add(new Problem(kind, location, [.. arguments]));

    public void Add(Problem problem)
    {
        HasErrors |= ProblemSeverity.IsError(problem.Kind);
        _problems.Add(problem);
    }

    public void AddRange(IEnumerable<Problem> problems)
    {
        foreach (Problem problem in problems) Add(problem);
    }
}
