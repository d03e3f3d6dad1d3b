namespace Flowgen.Benchmarks.Gates;

/// <summary>Something that is measured against a goal.</summary>
internal interface IGate
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Measures.</summary>
    /// <returns>What was found.</returns>
    GateResult Run();
}
