namespace Flowgen.Parsing.Models;

/// <summary>What a step does; the name of its attribute.</summary>
public enum StepKind
{
    Filter,
    Map,
    FlatMap,
    KeyBy,
    Branch,
    Init,
    Add,
    Merge,
    Emit,
    Late,
    Process,
    Join,
    Unmatched,
}

/// <summary>A method of a stage and how it is called.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Method">Its name.</param>
/// <param name="IsStatic">Whether it is static; else it is called on the stage object.</param>
/// <param name="Attribute">The attribute as it is written, for the comment before the call: <c>[Emit(When.Changed)]</c>.</param>
/// <param name="Arguments">The arguments in the order of the parameters.</param>
/// <param name="Result">What it returns.</param>
/// <param name="Table">For a join: index of the table.</param>
/// <param name="Port">For a branch: the port of a record that matches.</param>
/// <param name="Otherwise">For an add: the [Late] step of its record type; for a join: its [Unmatched] step.</param>
/// <param name="OnChange">For an emit: on change instead of at the end of the window.</param>
public sealed record StepModel(
    StepKind Kind,
    string Method,
    bool IsStatic,
    string Attribute,
    EquatableArray<ArgumentModel> Arguments,
    ResultModel Result,
    int Table = -1,
    int Port = -1,
    StepModel? Otherwise = null,
    bool OnChange = false);

/// <summary>What a parameter of a step is given.</summary>
public enum ArgumentKind
{
    /// <summary>The record.</summary>
    Record,

    /// <summary>The row of the table of a join.</summary>
    Row,

    /// <summary>The accumulator; in a merge the one that is changed.</summary>
    Accumulator,

    /// <summary>The accumulator that a merge adds.</summary>
    OtherAccumulator,

    /// <summary>The state of the key.</summary>
    State,

    /// <summary>The key.</summary>
    Key,

    /// <summary>The window.</summary>
    Window,

    /// <summary>Why a result is emitted.</summary>
    Firing,

    /// <summary>Where the record came from.</summary>
    Meta,

    /// <summary>A table to look up in: <see cref="ArgumentModel.Index"/>.</summary>
    Table,

    /// <summary>Where records are emitted to: the wire <see cref="ArgumentModel.Index"/>.</summary>
    Out,
}

/// <summary>How an argument is passed.</summary>
public enum PassingMode
{
    Value,
    In,
    Ref,
}

/// <summary>An argument of a call.</summary>
/// <param name="Kind">What is passed.</param>
/// <param name="Mode">How it is passed.</param>
/// <param name="Type">The type of the parameter.</param>
/// <param name="Index">The table or the wire; -1 for the others.</param>
public sealed record ArgumentModel(ArgumentKind Kind, PassingMode Mode, TypeRef Type, int Index = -1);

/// <summary>What a step returns.</summary>
public enum ResultKind
{
    /// <summary>Nothing.</summary>
    Void,

    /// <summary>A value that is always there: a record, a bool, a key, an accumulator.</summary>
    Value,

    /// <summary>A <c>Nullable&lt;T&gt;</c>: null drops the record.</summary>
    NullableValue,

    /// <summary>A reference that may be null: null drops the record.</summary>
    NullableReference,
}

/// <summary>What a step returns and where it goes.</summary>
/// <param name="Kind">Whether it can be null.</param>
/// <param name="Type">Its type without nullability; null for void.</param>
/// <param name="Wire">The wire on which a returned record goes on; -1 where the result is not a record.</param>
public sealed record ResultModel(ResultKind Kind, TypeRef? Type, int Wire);
