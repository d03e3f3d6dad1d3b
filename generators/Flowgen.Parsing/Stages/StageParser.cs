using System.Collections.Immutable;
using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Reads a class with [Stage].</summary>
public static class StageParser
{
    /// <summary>Reads a stage.</summary>
    /// <param name="stage">The class.</param>
    /// <param name="known">The types of Flowgen.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The model with the records that only this stage knows, and the problems.</returns>
    public static StageParse Parse(INamedTypeSymbol stage, KnownSymbols known, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _ = known;
        return new StageParse(null, [], []);
    }
}

/// <summary>What the parser makes of a stage.</summary>
/// <param name="Model">The model; null where not even a stub can be written.</param>
/// <param name="InnerRecords">The record types without [Topic] and [Stream] that need a codec; other stages may name the same ones.</param>
/// <param name="Problems">What is wrong, in the order of the source.</param>
public sealed record StageParse(StageModel? Model, EquatableArray<RecordModel> InnerRecords, ImmutableArray<Problem> Problems)
{
    /// <summary>What an app needs to know of the stage; null where there is no model.</summary>
    public StageSummary? Summary =>
        Model is null ? null : new(Model.Declaration.Type, Model.Name, Model.HasErrors, Model.Inputs, Model.Tables, Model.Outputs);
}
