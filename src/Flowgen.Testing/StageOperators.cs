using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Testing;

/// <summary>The operators of one stage, connected as the engine connects them in one task.</summary>
internal sealed class StageOperators : IDisposable
{
    private readonly List<Host> _hosts = [];
    private readonly Dictionary<(OperatorNode Node, int Port), OutputDrain> _drains = [];

    public StageOperators(StageBuilder stage, IServiceProvider services, Mailboxes mail)
    {
        foreach (OperatorNode node in stage.Operators) _hosts.Add(new Host(node, node.Create(services)));
        foreach (InnerExchange exchange in stage.Exchanges) DrainOf(exchange.From).AddReceiver(exchange.To.CreateReceiver(Of(exchange.To.Node)));
        foreach (OutputPort port in stage.Outputs) DrainOf(port).AddSink(port.CreateSink(mail));
    }

    public long LateRecords => _hosts.Sum(host => host.Operator.LateRecords);

    public IOperatorHost Of(OperatorNode node) => HostOf(node);

    public void Advance(long watermark)
    {
        foreach (Host host in _hosts)
        {
            host.Operator.Advance(watermark);
            host.Deliver();
        }
    }

    public void EndEpoch()
    {
        foreach (Host host in _hosts)
        {
            host.Operator.EndEpoch();
            host.Deliver();
        }
    }

    public byte[] WriteChanges()
    {
        var all = new ByteBuffer();
        foreach (Store store in Stores())
        {
            var changes = new ByteBuffer();
            store.WriteChanges(changes);
            StateWriter.WriteBytes(all, changes.Written);
        }

        return all.Written.ToArray();
    }

    public void Apply(byte[] changes)
    {
        var all = new StateReader(changes);
        foreach (Store store in Stores())
        {
            var reader = new StateReader(all.ReadBytes());
            while (reader.Remaining > 0) store.Apply(ref reader);
        }
    }

    public void Dispose()
    {
        foreach (Host host in _hosts) (host.Operator as IDisposable)?.Dispose();
    }

    private IEnumerable<Store> Stores() => _hosts.SelectMany(host => host.Operator.Stores.ToArray());

    private Host HostOf(OperatorNode node) => _hosts.Find(host => host.Node == node)!;

    private OutputDrain DrainOf(OutputPort port)
    {
        if (_drains.TryGetValue((port.Node, port.Number), out OutputDrain? drain)) return drain;
        Host host = HostOf(port.Node);
        drain = port.CreateDrain(host.Operator, new BatchOrigin { Topic = port.Node.Name });
        _drains.Add((port.Node, port.Number), drain);
        host.Outputs.Add(drain);
        return drain;
    }

    private sealed class Host(OperatorNode node, Operator op) : IOperatorHost
    {
        public OperatorNode Node { get; } = node;

        public Operator Operator { get; } = op;

        public List<OutputDrain> Outputs { get; } = [];

        public void BeginBatch(int entering)
        {
            // An exception of a step reaches the test as it is: there is nothing to note for its message.
        }

        public void EndBatch()
        {
            Operator.EndBatch();
            Deliver();
        }

        public void Deliver()
        {
            foreach (OutputDrain output in Outputs) output.Deliver();
        }
    }
}
