using System.Globalization;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>What happened in a simulation: a hash of all of it, and the last lines.</summary>
internal sealed class Trace
{
    private const int Kept = 60;

    private readonly Queue<string> _last = [];
    private ulong _hash = 14695981039346656037;

    /// <summary>FNV-1a over all lines.</summary>
    public ulong Hash => _hash;

    public long Lines { get; private set; }

    public void Add(string line)
    {
        foreach (char c in line) _hash = (_hash ^ c) * 1099511628211;
        Lines++;
        _last.Enqueue(line);
        if (_last.Count > Kept) _last.Dequeue();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Lines} lines, the last:\n{string.Join('\n', _last)}");
}
