namespace Flowgen;

/// <summary>A set of stages that runs and commits together.</summary>
/// <param name="name">The name of the app: its consumer group, and the prefix of its internal topics.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FlowAppAttribute(string name) : Attribute
{
    /// <summary>The name of the app: its consumer group, and the prefix of its internal topics.</summary>
    public string Name { get; } = name;

    /// <summary>Duration between two commits.</summary>
    public string CommitEvery { get; set; } = "100ms";
}

/// <summary>Names a stage of the app. Without any, the app holds all stages of its project.</summary>
/// <typeparam name="TStage">A class with <see cref="StageAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IncludeAttribute<TStage> : Attribute;
