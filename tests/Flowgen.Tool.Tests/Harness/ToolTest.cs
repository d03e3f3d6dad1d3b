using System.Text;
using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Tool.Tests.Harness;

/// <summary>A log in a directory of its own, and the tool run over it in this process.</summary>
public abstract class ToolTest : IDisposable
{
    // What the tests put there need not survive a loss of power; the tool itself is as durable as always.
    private static readonly FlowLogOptions Fast = new() { Durability = Durability.OsBuffered };

    protected string Dir { get; } = Directory.CreateTempSubdirectory("flow-tool-").FullName;

    protected string LogDirectory => Path.Combine(Dir, "log");

    public void Dispose()
    {
        Directory.Delete(Dir, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static DateTimeOffset At(int minute) => new(2001, 1, 31, 12, minute, 0, TimeSpan.Zero);

    protected void Prepare(Action<FlowLog> prepare)
    {
        using FlowLog log = FlowLog.Open(LogDirectory, Fast);
        prepare(log);
    }

    protected void PrepareOrders(params Order[] orders) => Prepare(log => Append<Order, OrderCodec>(log, "orders", new TopicSettings(2), orders));

    protected static void Append<TRecord, TCodec>(FlowLog log, string topic, TopicSettings settings, params TRecord[] records)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        log.EnsureTopic(topic, settings);
        var writer = new TopicWriter<TRecord, TCodec>(log, topic);
        foreach (TRecord record in records)
            writer.Add(in record);
        writer.CommitAsync().GetAwaiter().GetResult();
    }

    protected List<TRecord> ReadAll<TRecord, TCodec>(string topic)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        using FlowLog log = FlowLog.Open(LogDirectory, Fast);
        using var reader = new TopicReader<TRecord, TCodec>(log, topic);
        return [.. reader.ReadToEnd()];
    }

    /// <summary>Runs the tool over the log of the test.</summary>
    protected Task<ToolResult> RunAsync(params string[] args) => RunWithInputAsync("", args);

    protected Task<ToolResult> RunWithInputAsync(string input, params string[] args) => RunToolAsync(input, CancellationToken.None, [.. args, "--dir", LogDirectory]);

    protected static async Task<ToolResult> RunToolAsync(string input, CancellationToken cancellation, params string[] args)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var io = new ToolIo { Input = new MemoryStream(Encoding.UTF8.GetBytes(input)), Output = new OutputStream(output), Error = error };
        int code = await FlowTool.RunAsync(args, io, cancellation);
        return new ToolResult(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
