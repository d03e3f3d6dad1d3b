namespace Flowgen.Benchmarks.Gates;

/// <summary>The queries whose generated operators are measured.</summary>
public static class OperatorGates
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<OperatorGate> All { get; } = [];
}
