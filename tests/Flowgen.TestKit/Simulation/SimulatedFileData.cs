namespace Flowgen.TestKit.Simulation;

/// <summary>The content of a file: what programs see, what is on the disk, and the changes in between.</summary>
internal sealed class SimulatedFileData
{
    private readonly List<Change> _unsynced = [];
    private PagedContent _seen = PagedContent.Empty;
    private PagedContent _durable = PagedContent.Empty;

    private enum ChangeKind
    {
        Write,
        Truncate,
        Reserve,
    }

    private readonly record struct Change(ChangeKind Kind, long Position, byte[] Bytes);

    public PagedContent Content => _seen;

    public static SimulatedFileData Durable(PagedContent content) => new() { _seen = content, _durable = content };

    public void Write(long position, ReadOnlySpan<byte> bytes) => Do(new Change(ChangeKind.Write, position, bytes.ToArray()));

    public void Truncate(long length) => Do(new Change(ChangeKind.Truncate, length, []));

    public void Reserve(long length) => Do(new Change(ChangeKind.Reserve, length, []));

    public void Sync()
    {
        foreach (var change in _unsynced)
            _durable = Apply(_durable, change);
        _unsynced.Clear();
    }

    /// <summary>A sync that fails: the kernel takes the changes for written, but they are not on the disk.</summary>
    /// <param name="forgets">Whether the kernel drops the pages at once, so that programs see the old content again, or only some time later.</param>
    public void FailSync(bool forgets)
    {
        _unsynced.Clear();
        if (forgets)
            _seen = _durable;
    }

    /// <summary>What is on the disk after a crash.</summary>
    public PagedContent AfterCrash(Loss loss, Random random) => loss switch
    {
        Loss.Everything => _durable,
        Loss.Nothing or Loss.DirectoryEntries or Loss.Renames => AllOf(_unsynced),
        Loss.Suffix => AllOf(_unsynced.Take(random.Next(_unsynced.Count + 1))),
        Loss.RandomSubset => AllOf(_unsynced.Where(_ => random.Next(2) == 0)),
        Loss.Torn512 => Torn(512, random, garbage: false),
        Loss.Torn4096 => Torn(4096, random, garbage: false),
        Loss.Garbage => Torn(512, random, garbage: true),
        _ => throw new ArgumentOutOfRangeException(nameof(loss)),
    };

    private static PagedContent Apply(PagedContent content, Change change) => change.Kind switch
    {
        ChangeKind.Write => content.Write(change.Position, change.Bytes),
        ChangeKind.Truncate => content.WithLength(change.Position),
        _ => content.WithRoom(change.Position),
    };

    private void Do(Change change)
    {
        _seen = Apply(_seen, change);
        _unsynced.Add(change);
    }

    private PagedContent AllOf(IEnumerable<Change> changes) => changes.Aggregate(_durable, Apply);

    // The length of the file is kept or not, as if it were one more sector.
    private PagedContent Torn(int sector, Random random, bool garbage)
    {
        var content = _durable;
        foreach (var change in _unsynced)
        {
            if (change.Kind != ChangeKind.Write)
            {
                content = random.Next(2) == 0 ? Apply(content, change) : content;
                continue;
            }

            long end = change.Position + change.Bytes.Length;
            if (random.Next(2) == 0 && end > content.Length)
                content = content.WithLength(end);
            foreach (var piece in Sectors(change, sector))
                content = ApplySector(content, piece, random, garbage);
        }

        return content;
    }

    private static PagedContent ApplySector(PagedContent content, Change piece, Random random, bool garbage)
    {
        switch (random.Next(garbage ? 3 : 2))
        {
            case 0:
                return content;
            case 1:
                return Apply(content, piece);
            default:
                byte[] noise = new byte[piece.Bytes.Length];
                random.NextBytes(noise);
                return content.Write(piece.Position, noise);
        }
    }

    private static IEnumerable<Change> Sectors(Change change, int sector)
    {
        for (int at = 0; at < change.Bytes.Length;)
        {
            long position = change.Position + at;
            int length = (int)Math.Min(sector - (position % sector), change.Bytes.Length - at);
            yield return new Change(ChangeKind.Write, position, change.Bytes[at..(at + length)]);
            at += length;
        }
    }
}
