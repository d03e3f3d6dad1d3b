using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>Bounds the files that appenders keep open: those that were used longest ago are closed, some at a time. Used by the writing thread only.</summary>
internal sealed class OpenAppenders(int maxFiles)
{
    private readonly List<PartitionAppender> _open = [];
    private long _uses;

    public void Used(PartitionAppender appender)
    {
        if (appender.LastUse == 0)
        {
            if (_open.Count >= maxFiles)
                CloseOldest();
            _open.Add(appender);
        }

        appender.LastUse = ++_uses;
    }

    private void CloseOldest()
    {
        _open.Sort((a, b) => b.LastUse.CompareTo(a.LastUse));
        int keep = maxFiles - Math.Max(1, maxFiles / 8);
        foreach (var oldest in _open.Skip(keep))
        {
            oldest.LastUse = 0;
            oldest.Close();
        }

        _open.RemoveRange(keep, _open.Count - keep);
    }
}
