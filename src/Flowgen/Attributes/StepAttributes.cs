namespace Flowgen;

/// <summary>A step that takes one record.</summary>
public abstract class StepAttribute : Attribute
{
    /// <summary>Only needed where two steps that take the same record type do not commute.</summary>
    public int Order { get; set; }
}

/// <summary>Keeps the records for which the method returns true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FilterAttribute : StepAttribute;

/// <summary>Turns each record into one other; a null result drops it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MapAttribute : StepAttribute;

/// <summary>Turns each record into any number of others, through an <see cref="Out{TRecord}"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FlatMapAttribute : StepAttribute;

/// <summary>The key by which this stage groups the records of one type, instead of their own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KeyByAttribute : StepAttribute;

/// <summary>Sends a record to <typeparamref name="TTopic"/> where the method returns true; the first match wins.</summary>
/// <typeparam name="TTopic">One of the stage's <see cref="ToAttribute{TRecord}"/> topics.</typeparam>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BranchAttribute<TTopic> : StepAttribute;

/// <summary>Joins two records of the same key: a record of the stream and the row of a table.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JoinAttribute : Attribute;

/// <summary>Takes the records of a join that found no partner.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnmatchedAttribute : Attribute;

/// <summary>Works on each record with the state of its key.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProcessAttribute : Attribute;
