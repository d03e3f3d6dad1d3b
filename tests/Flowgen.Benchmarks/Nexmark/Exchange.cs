namespace Flowgen.Benchmarks.Nexmark;

/// <summary>The fixed rate of exchange of q1.</summary>
public static class Exchange
{
    /// <summary>Converts dollars: 0.908 euros for one.</summary>
    /// <param name="dollars">Cents of a dollar.</param>
    /// <returns>Cents of a euro.</returns>
    public static long ToEuros(long dollars) => dollars * 908 / 1000;
}
