using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>An embedded log in a directory of its own, deleted afterwards.</summary>
internal sealed class LogDirectory : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("flowgen-engine-").FullName;

    private readonly FlowLogOptions _options;

    public LogDirectory(FlowLogOptions? options = null)
    {
        _options = options ?? new FlowLogOptions { Durability = Durability.OsBuffered };
        Log = FlowLog.Open(_path, _options);
    }

    public FlowLog Log { get; private set; }

    /// <summary>Closes the log and opens it again, as another process would.</summary>
    public void Reopen()
    {
        Log.Dispose();
        Log = FlowLog.Open(_path, _options);
    }

    public void Dispose()
    {
        Log.Dispose();
        Directory.Delete(_path, recursive: true);
    }
}
