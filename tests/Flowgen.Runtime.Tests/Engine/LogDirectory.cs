using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>An embedded log in a directory of its own, deleted afterwards.</summary>
internal sealed class LogDirectory : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("flowgen-engine-").FullName;

    public LogDirectory() => Log = FlowLog.Open(_path, new FlowLogOptions { Durability = Durability.OsBuffered });

    public FlowLog Log { get; private set; }

    /// <summary>Closes the log and opens it again, as another process would.</summary>
    public void Reopen()
    {
        Log.Dispose();
        Log = FlowLog.Open(_path, new FlowLogOptions { Durability = Durability.OsBuffered });
    }

    public void Dispose()
    {
        Log.Dispose();
        Directory.Delete(_path, recursive: true);
    }
}
