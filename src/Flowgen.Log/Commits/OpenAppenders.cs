using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>Bounds the files that appenders keep open: those that were used longest ago are closed. Used by the writing thread only.</summary>
internal sealed class OpenAppenders(int maxFiles)
{
    private readonly LinkedList<PartitionAppender> _byUse = []; // the newest first
    private readonly Dictionary<PartitionAppender, LinkedListNode<PartitionAppender>> _nodes = [];

    public void Used(PartitionAppender appender)
    {
        if (_byUse.First?.Value == appender)
            return;
        if (_nodes.TryGetValue(appender, out var node))
            _byUse.Remove(node);
        else
            _nodes.Add(appender, node = new LinkedListNode<PartitionAppender>(appender));
        _byUse.AddFirst(node);
        if (_byUse.Count > maxFiles)
            CloseOldest();
    }

    private void CloseOldest()
    {
        var oldest = _byUse.Last!.Value;
        _byUse.RemoveLast();
        _nodes.Remove(oldest);
        oldest.Close();
    }
}
