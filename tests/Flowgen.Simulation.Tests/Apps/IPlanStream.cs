namespace Flowgen.Simulation.Tests.Apps;

/// <summary>Events that stages of a plan can read.</summary>
internal interface IPlanStream
{
    /// <summary>The topic in which they are; null if they are in none.</summary>
    string? Topic { get; }

    /// <summary>Partitions, or tasks that emit them.</summary>
    int Width { get; }

    /// <summary>Whether each event is in the partition of its key.</summary>
    bool LiesByKey { get; }

    /// <summary>Whether the events of a key and lane are in the order of their steps.</summary>
    bool IsOrdered { get; }

    /// <summary>Whether windows over them never see a late one.</summary>
    bool IsInTime { get; }

    /// <summary>Where their lanes began.</summary>
    IReadOnlySet<string> Origins { get; }
}
