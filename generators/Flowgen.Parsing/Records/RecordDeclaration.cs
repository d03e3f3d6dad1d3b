using System.Collections.Immutable;
using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>A record type with its symbols; never enters the pipeline.</summary>
/// <param name="Symbol">The type.</param>
/// <param name="Model">The model; incomplete where there are errors.</param>
/// <param name="Topic">Its own topic; null: none.</param>
/// <param name="IsStream">Whether it is a [Stream].</param>
/// <param name="StreamPartitions">Partitions behind an exchange; 0: as the input.</param>
/// <param name="HasErrors">Whether no codec can be written.</param>
/// <param name="Problems">What is wrong with it.</param>
internal sealed record RecordDeclaration(
    INamedTypeSymbol Symbol,
    RecordModel Model,
    TopicModel? Topic,
    bool IsStream,
    int StreamPartitions,
    bool HasErrors,
    ImmutableArray<Problem> Problems)
{
    public KeyAccess? Key => Model.Key;

    /// <summary>Whether it can flow between stages.</summary>
    public bool IsPublicWire => Topic is not null || IsStream;
}
