namespace Flowgen.Parsing.Models;

/// <summary>An app class, before its stages are known.</summary>
/// <param name="Declaration">The class.</param>
/// <param name="Name">Its name.</param>
/// <param name="CommitEveryMs">Time between two commits, in milliseconds.</param>
/// <param name="CommitEveryText">As it was written.</param>
/// <param name="HasErrors">True where problems were found: only a stub is written.</param>
/// <param name="Includes">Full names of the stages it names; empty: all of the compilation.</param>
/// <param name="Referenced">Stages it names that are declared in referenced assemblies.</param>
public sealed record AppDeclarationModel(
    DeclarationModel Declaration,
    string Name,
    long CommitEveryMs,
    string CommitEveryText,
    bool HasErrors,
    EquatableArray<string> Includes,
    EquatableArray<StageSummary> Referenced);

/// <summary>What an app needs to know of a stage.</summary>
/// <param name="Type">The stage class.</param>
/// <param name="Name">Its name.</param>
/// <param name="HasErrors">Whether it is only a stub.</param>
/// <param name="Inputs">Its [From] types.</param>
/// <param name="Tables">Its [Table] types.</param>
/// <param name="Outputs">Its [To] types.</param>
public sealed record StageSummary(
    TypeRef Type,
    string Name,
    bool HasErrors,
    EquatableArray<InputModel> Inputs,
    EquatableArray<TableModel> Tables,
    EquatableArray<OutputModel> Outputs);

/// <summary>An app with its wiring decided.</summary>
/// <param name="Declaration">The class.</param>
/// <param name="Name">Its name.</param>
/// <param name="CommitEveryMs">Time between two commits, in milliseconds.</param>
/// <param name="CommitEveryText">As it was written.</param>
/// <param name="HasErrors">True where problems were found: only a stub is written, all other parts are empty.</param>
/// <param name="Topics">The topics it reads or writes, by name.</param>
/// <param name="Stages">Its stages, by name.</param>
/// <param name="Edges">What connects them, in the order in which it is written: for each stage its reads, tables and writes.</param>
/// <param name="Mermaid">The topology as a Mermaid flowchart.</param>
public sealed record AppModel(
    DeclarationModel Declaration,
    string Name,
    long CommitEveryMs,
    string CommitEveryText,
    bool HasErrors,
    EquatableArray<TopicModel> Topics,
    EquatableArray<StageSummary> Stages,
    EquatableArray<EdgeModel> Edges,
    string Mermaid);

/// <summary>What an edge of an app is.</summary>
public enum EdgeKind
{
    /// <summary>A stage reads a topic, partition by partition.</summary>
    Read,

    /// <summary>A stage reads a topic by another key: its records are exchanged first.</summary>
    ReadExchange,

    /// <summary>A stage keeps a topic as a table.</summary>
    Table,

    /// <summary>A stage hands its batches over to another one: the key stays, or none is needed.</summary>
    Direct,

    /// <summary>A stage sends records to another one by another key.</summary>
    Exchange,

    /// <summary>A stage writes a topic.</summary>
    Write,
}

/// <summary>A connection in an app.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Record">The record type.</param>
/// <param name="From">The stage that gives; -1: a topic does.</param>
/// <param name="To">The stage that takes; -1: a topic does.</param>
/// <param name="Topic">The topic, as an index of <see cref="AppModel.Topics"/>; -1: none.</param>
/// <param name="Input">The input of the stage that takes, as an index of its inputs (of its tables for a table); -1: none.</param>
/// <param name="Output">The output of the stage that gives, as an index of its outputs; -1: none.</param>
/// <param name="ExchangeName"><c>{stage}.{record}</c>; null where nothing is exchanged.</param>
/// <param name="Partitions">Partitions behind the exchange; 0: as the input.</param>
public sealed record EdgeModel(
    EdgeKind Kind,
    TypeRef Record,
    int From,
    int To,
    int Topic,
    int Input,
    int Output,
    string? ExchangeName,
    int Partitions);
