namespace Flowgen.Log.Tests.Support;

internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("flowgen-log-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
