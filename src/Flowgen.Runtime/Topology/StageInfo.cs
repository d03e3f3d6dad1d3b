namespace Flowgen.Runtime;

/// <summary>A stage in words.</summary>
/// <param name="Name">The identity of its state and internal topics.</param>
/// <param name="Pipeline">Its steps in one line.</param>
/// <param name="IsStateful">Whether it keeps state.</param>
public sealed record StageInfo(string Name, string Pipeline, bool IsStateful);
