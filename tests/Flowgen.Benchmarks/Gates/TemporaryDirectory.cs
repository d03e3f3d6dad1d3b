namespace Flowgen.Benchmarks.Gates;

/// <summary>A directory that is gone when the run is over.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("flowgen-gates-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
