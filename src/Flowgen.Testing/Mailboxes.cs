using Flowgen.Runtime;

namespace Flowgen.Testing;

/// <summary>What a stage has emitted, by record type.</summary>
internal sealed class Mailboxes : ISinkFactory
{
    private readonly Dictionary<Type, object> _boxes = [];

    public Mailbox<TRecord> Of<TRecord>()
    {
        if (_boxes.TryGetValue(typeof(TRecord), out object? known)) return (Mailbox<TRecord>)known;
        var box = new Mailbox<TRecord>();
        _boxes.Add(typeof(TRecord), box);
        return box;
    }

    public Sink Create<TRecord>(OutputPort port) => new MailboxSink<TRecord>(Of<TRecord>(), port.Topic);

    private sealed class MailboxSink<TRecord>(Mailbox<TRecord> box, string? topic) : Sink<TRecord>
    {
        public override void Write(ReadOnlySpan<TRecord> records, ReadOnlySpan<long> times)
        {
            foreach (TRecord record in records) box.Add(topic, record);
        }

        public override void WriteTombstone(TombstoneReader<TRecord> tombstones, OutBuffer<TRecord> buffer, int tombstone, long time) =>
            box.AddDeleted(tombstones.KeyOf(buffer, tombstone));

        public override void Flush()
        {
            // Nothing is kept back.
        }
    }
}

/// <summary>Records of one type in the order of their emission.</summary>
internal sealed class Mailbox<TRecord>
{
    private readonly List<(string? Topic, TRecord Record)> _records = [];
    private readonly List<object> _deleted = [];

    public void Add(string? topic, TRecord record) => _records.Add((topic, record));

    public void AddDeleted(object key) => _deleted.Add(key);

    public List<TRecord> Take(string? topic)
    {
        bool IsWanted((string? Topic, TRecord Record) sent) => topic is null || sent.Topic == topic;
        List<TRecord> taken = [.. _records.Where(IsWanted).Select(sent => sent.Record)];
        _records.RemoveAll(IsWanted);
        return taken;
    }

    public List<object> TakeDeleted()
    {
        List<object> taken = [.. _deleted];
        _deleted.Clear();
        return taken;
    }
}
