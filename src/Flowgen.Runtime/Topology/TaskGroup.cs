namespace Flowgen.Runtime;

/// <summary>Sources and operators that are fused: each task of the group runs one instance of each of them.</summary>
internal sealed class TaskGroup
{
    public int Index { get; set; }

    /// <summary>Number of tasks: task n reads partition n of each topic.</summary>
    public int Partitions { get; set; }

    public List<SourceVertex> Sources { get; } = [];

    /// <summary>The operators, each behind those from which it reads.</summary>
    public List<OperatorVertex> Operators { get; } = [];
}
