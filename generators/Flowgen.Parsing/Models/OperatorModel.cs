namespace Flowgen.Parsing.Models;

/// <summary>One operator of a stage: what one task runs between two changes of the key.</summary>
/// <param name="ClassName">Name of the generated class: <c>{Stage}Operator</c> for the last one, <c>{Stage}Prepare</c> before it.</param>
/// <param name="NodeName">Name of its node.</param>
/// <param name="Key">The key by which its tasks are partitioned; null: as the input.</param>
/// <param name="Wires">The records that flow in it, each before those that are made from it.</param>
/// <param name="Ports">Its outputs, in the order of their numbers.</param>
/// <param name="Tables">Indexes of the tables it holds.</param>
/// <param name="Aggregate">Its core, if it is an aggregate.</param>
/// <param name="State">The state of its [Process] steps, if there are any with state.</param>
/// <param name="UsesInstance">Whether a step is an instance method, so that the operator needs the stage object.</param>
public sealed record OperatorModel(
    string ClassName,
    string NodeName,
    KeyModel? Key,
    EquatableArray<WireModel> Wires,
    EquatableArray<PortModel> Ports,
    EquatableArray<int> Tables,
    AggregateModel? Aggregate,
    StateModel? State,
    bool UsesInstance);

/// <summary>The records of one type at one point of the flow, and what happens to each of them.</summary>
/// <param name="Index">Its position among the wires of its operator.</param>
/// <param name="Record">The record type.</param>
/// <param name="Codec">Full name of its codec; null where it has none because it never leaves the operator.</param>
/// <param name="Name">A name for variables and fields, in camel case, unique in the operator.</param>
/// <param name="IsEntry">Whether batches arrive on it: the operator implements <c>IInput</c> of the type. At most one wire of each type does.</param>
/// <param name="EventTime">The event time of the record itself; null: it has the time it was emitted with.</param>
/// <param name="Key">The key by which the operator groups it, or its own; null: none is needed.</param>
/// <param name="Steps">The steps in order. What a step returns or emits goes to the wire that it names; after a Map, FlatMap, Add, Process or
/// Join of the record the next step of this list still sees it.</param>
/// <param name="Ports">Where a record goes that has passed all steps; several: to each of them.</param>
/// <param name="FromCore">Whether its records come from the core ([Emit], [Process] or what follows from them) and not from the inputs.</param>
public sealed record WireModel(
    int Index,
    TypeRef Record,
    string? Codec,
    string Name,
    bool IsEntry,
    EventTimeModel? EventTime,
    KeyAccess? Key,
    EquatableArray<StepModel> Steps,
    EquatableArray<int> Ports,
    bool FromCore);

/// <summary>An output of an operator.</summary>
/// <param name="Index">The number of the port.</param>
/// <param name="Record">The record type.</param>
/// <param name="Codec">Full name of its codec.</param>
/// <param name="Name">A name for the field, in camel case and plural, unique in the operator.</param>
/// <param name="Exchange">Index of the exchange it feeds; -1: it is an output of the stage.</param>
/// <param name="Output">Index of the stage's output it is; -1: it feeds an exchange.</param>
/// <param name="Topic">The name of the marker's topic, where a marker is named.</param>
/// <param name="KeyStays">Whether the record's key is proven to be the key by which the operator is partitioned.</param>
/// <param name="RecordKey">The record's own key; a buffer with tombstones needs it.</param>
public sealed record PortModel(
    int Index,
    TypeRef Record,
    string Codec,
    string Name,
    int Exchange,
    int Output,
    string? Topic,
    bool KeyStays,
    KeyAccess? RecordKey);
