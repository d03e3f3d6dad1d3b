namespace Flowgen.TestKit.Simulation;

/// <summary>The content of a file: what programs see, what is on the disk, and the changes in between.</summary>
internal sealed class SimulatedFileData
{
    private readonly List<Change> _unsynced = [];
    private byte[] _seen = [];
    private byte[] _durable = [];

    // A truncation has no bytes.
    private readonly record struct Change(long Position, byte[]? Bytes);

    public long Length => _seen.Length;

    public static SimulatedFileData Durable(byte[] content) => new() { _seen = content, _durable = content };

    public byte[] Content => _seen;

    public int Read(long position, Span<byte> buffer)
    {
        int count = (int)Math.Clamp(_seen.Length - position, 0, buffer.Length);
        _seen.AsSpan((int)Math.Min(position, _seen.Length), count).CopyTo(buffer);
        return count;
    }

    public void Write(long position, ReadOnlySpan<byte> bytes) => Do(new Change(position, bytes.ToArray()));

    public void Truncate(long length) => Do(new Change(length, null));

    public void Sync()
    {
        foreach (var change in _unsynced)
            _durable = Apply(_durable, change);
        _unsynced.Clear();
    }

    /// <summary>A sync that fails: the kernel takes the changes for written, but they are not on the disk.</summary>
    public void FailSync() => _unsynced.Clear();

    /// <summary>What is on the disk after a crash.</summary>
    public byte[] AfterCrash(Loss loss, Random random) => loss switch
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

    private static byte[] Apply(byte[] content, Change change)
    {
        if (change.Bytes is null)
        {
            byte[] cut = new byte[change.Position];
            content.AsSpan(0, (int)Math.Min(content.Length, change.Position)).CopyTo(cut);
            return cut;
        }

        byte[] result = new byte[Math.Max(content.Length, change.Position + change.Bytes.Length)];
        content.CopyTo(result, 0);
        change.Bytes.CopyTo(result, change.Position);
        return result;
    }

    private void Do(Change change)
    {
        _seen = Apply(_seen, change);
        _unsynced.Add(change);
    }

    private byte[] AllOf(IEnumerable<Change> changes) => changes.Aggregate(_durable, Apply);

    // The length of the file is kept or not, as if it were one more sector.
    private byte[] Torn(int sector, Random random, bool garbage)
    {
        byte[] content = _durable;
        foreach (var change in _unsynced)
        {
            if (change.Bytes is null)
            {
                content = random.Next(2) == 0 ? Apply(content, change) : content;
                continue;
            }

            if (random.Next(2) == 0 && change.Position + change.Bytes.Length > content.Length)
                content = Apply(content, new Change(change.Position + change.Bytes.Length, null));
            foreach (var piece in Sectors(change, sector))
                content = ApplySector(content, piece, random, garbage);
        }

        return content;
    }

    private static byte[] ApplySector(byte[] content, Change piece, Random random, bool garbage)
    {
        switch (random.Next(garbage ? 3 : 2))
        {
            case 0:
                return content;
            case 1:
                return Apply(content, piece);
            default:
                byte[] noise = new byte[piece.Bytes!.Length];
                random.NextBytes(noise);
                return Apply(content, piece with { Bytes = noise });
        }
    }

    private static IEnumerable<Change> Sectors(Change change, int sector)
    {
        for (int at = 0; at < change.Bytes!.Length;)
        {
            long position = change.Position + at;
            int length = (int)Math.Min(sector - (position % sector), change.Bytes.Length - at);
            yield return new Change(position, change.Bytes[at..(at + length)]);
            at += length;
        }
    }
}
