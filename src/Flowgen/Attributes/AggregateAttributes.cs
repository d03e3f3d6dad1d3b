namespace Flowgen;

/// <summary>Makes the accumulator of a new key. Without it, accumulators start as <c>default</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InitAttribute : Attribute;

/// <summary>Adds a record to the accumulator of its key, or of its key and window.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AddAttribute : Attribute;

/// <summary>Combines two accumulators of one key: the second into the first. It is checked now, and called by windows that grow together
/// and by results that partitions combine first, which come in a later version; tumbling windows need no merging.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MergeAttribute : Attribute;

/// <summary>Makes the result of an accumulator.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EmitAttribute : Attribute
{
    /// <summary>Emits at the end of the window, or on change where there is none.</summary>
    public EmitAttribute()
    {
    }

    /// <summary>Emits at the given moment.</summary>
    /// <param name="when">When results are emitted.</param>
    public EmitAttribute(When when) => When = when;

    /// <summary>Default: <see cref="When.Closed"/> with a window, <see cref="When.Changed"/> without.</summary>
    public When When { get; }
}

/// <summary>When a result is emitted.</summary>
public enum When
{
    /// <summary>At the end of the window; on change where there is none.</summary>
    Default,

    /// <summary>Once, when the watermark passes the end of the window.</summary>
    Closed,

    /// <summary>When it changed, at most once for each key and commit.</summary>
    Changed,
}

/// <summary>Takes the records that came after their window had closed for good.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LateAttribute : Attribute;

/// <summary>Keyed state of a stage: one for each key, starts as <c>default</c>.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class StateAttribute : Attribute;
