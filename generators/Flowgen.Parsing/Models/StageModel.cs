namespace Flowgen.Parsing.Models;

/// <summary>A stage: everything its operators are written from.</summary>
/// <param name="Declaration">The class.</param>
/// <param name="Name">The identity of its state: kebab-case, or as given.</param>
/// <param name="HasErrors">True where problems were found: only a stub is written, all other parts are empty.</param>
/// <param name="IsStateful">Whether it keeps keyed state.</param>
/// <param name="Inputs">The [From] types, as they are declared.</param>
/// <param name="Tables">The [Table] types, as they are declared.</param>
/// <param name="Outputs">The [To] types, as they are declared.</param>
/// <param name="Operators">The operators in the order of the flow: the last one holds the core.</param>
/// <param name="Exchanges">Where the key changes inside the stage.</param>
/// <param name="Pipeline">The pipeline in one line.</param>
/// <param name="Picture">The pipeline as lines of a picture.</param>
public sealed record StageModel(
    DeclarationModel Declaration,
    string Name,
    bool HasErrors,
    bool IsStateful,
    EquatableArray<InputModel> Inputs,
    EquatableArray<TableModel> Tables,
    EquatableArray<OutputModel> Outputs,
    EquatableArray<OperatorModel> Operators,
    EquatableArray<ExchangeModel> Exchanges,
    string Pipeline,
    EquatableArray<string> Picture);

/// <summary>A [From] of a stage.</summary>
/// <param name="Record">The record type.</param>
/// <param name="Codec">Full name of its codec.</param>
/// <param name="Topic">The topic it is read from; null: a [Stream].</param>
/// <param name="IsMarker">Whether a marker topic is named.</param>
/// <param name="Operator">Index of the operator that takes it.</param>
/// <param name="GroupedBy">The key by which that operator is partitioned; null: as the input.</param>
/// <param name="OutOfOrderMs">How far events may be behind, in milliseconds.</param>
/// <param name="IdleMs">Silence after which a partition no longer holds back the watermark, in milliseconds.</param>
/// <param name="StartsAtEnd">Whether an app that has never run reads from the end.</param>
/// <param name="StreamPartitions">For a [Stream]: partitions behind an exchange; 0: as the input.</param>
public sealed record InputModel(
    TypeRef Record,
    string Codec,
    TopicModel? Topic,
    bool IsMarker,
    int Operator,
    KeyAccess? GroupedBy,
    long OutOfOrderMs,
    long IdleMs,
    bool StartsAtEnd,
    int StreamPartitions);

/// <summary>A [To] of a stage.</summary>
/// <param name="Record">The record type.</param>
/// <param name="Codec">Full name of its codec.</param>
/// <param name="Topic">The topic it is written to; null: a [Stream].</param>
/// <param name="IsMarker">Whether a marker topic is named.</param>
/// <param name="KeyStays">Whether, in all operators that write it, the record's key is proven to be the key by which the operator is partitioned.</param>
public sealed record OutputModel(TypeRef Record, string Codec, TopicModel? Topic, bool IsMarker, bool KeyStays);

/// <summary>A [Table] of a stage.</summary>
/// <param name="Index">Its position among the tables.</param>
/// <param name="Row">The record type of its rows.</param>
/// <param name="Codec">Full name of its codec.</param>
/// <param name="Topic">The topic that holds it.</param>
/// <param name="IsMarker">Whether a marker topic is named.</param>
/// <param name="Key">The key of a row.</param>
/// <param name="On">The member of the stream record that holds the key; null: its own key.</param>
/// <param name="Operators">Indexes of the operators that use it.</param>
public sealed record TableModel(
    int Index,
    TypeRef Row,
    string Codec,
    TopicModel Topic,
    bool IsMarker,
    KeyAccess Key,
    string? On,
    EquatableArray<int> Operators);

/// <summary>A change of the key inside a stage.</summary>
/// <param name="Record">The record type that crosses it.</param>
/// <param name="Codec">Full name of its codec.</param>
/// <param name="From">Index of the operator that sends.</param>
/// <param name="Port">Its port.</param>
/// <param name="To">Index of the operator that receives.</param>
/// <param name="Name"><c>{stage}.{record}</c> in kebab-case.</param>
/// <param name="GroupedBy">The new key.</param>
/// <param name="Partitions">Number of partitions; 0: as the input.</param>
public sealed record ExchangeModel(TypeRef Record, string Codec, int From, int Port, int To, string Name, KeyAccess GroupedBy, int Partitions);
