namespace Flowgen;

/// <summary>One step of an app: reads records, keeps keyed state, writes records.</summary>
/// <param name="name">The identity of the stage's state and internal topics. Default: the class name in kebab-case.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StageAttribute(string? name = null) : Attribute
{
    /// <summary>The identity of the stage's state and internal topics; null takes the class name in kebab-case.</summary>
    public string? Name { get; } = name;
}

/// <summary>The stage reads the records of this type. With a marker topic as argument: the records of that topic.</summary>
/// <typeparam name="TRecord">A record type, or a marker derived from <see cref="Topic{TRecord}"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class FromAttribute<TRecord> : Attribute
{
    /// <summary>Where an app that has never run starts to read.</summary>
    public StartAt Start { get; set; } = StartAt.Earliest;

    /// <summary>Duration: overrides <see cref="EventTimeAttribute.OutOfOrder"/> for this stage.</summary>
    public string? OutOfOrder { get; set; }

    /// <summary>Duration: overrides <see cref="EventTimeAttribute.Idle"/> for this stage.</summary>
    public string? Idle { get; set; }
}

/// <summary>Where an app that has never run starts to read a topic.</summary>
public enum StartAt
{
    /// <summary>At the oldest record.</summary>
    Earliest,

    /// <summary>At the end: only what comes from now on.</summary>
    Latest,
}

/// <summary>The stage writes records of this type. With a marker topic as argument: to that topic.</summary>
/// <typeparam name="TRecord">A record type, or a marker derived from <see cref="Topic{TRecord}"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ToAttribute<TRecord> : Attribute;

/// <summary>The newest record of each key of a topic, kept next to the stage, partition by partition.</summary>
/// <typeparam name="TRecord">The record type of the table's topic.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class TableAttribute<TRecord> : Attribute
{
    /// <summary>The member of the stream record that holds the table's key. Default: the stream's own key.</summary>
    public string? On { get; set; }
}
