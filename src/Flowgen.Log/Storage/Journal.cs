using Flowgen.Log.Commits;
using Flowgen.Log.Files;

namespace Flowgen.Log.Storage;

/// <summary>
/// The bytes of segments that are in the commit files. Whether they are also in the segments, or were when the machine stopped, nobody knows:
/// opening always writes them again, and never compares, because what can be read need not be on the disk. They are synced in the background
/// afterwards, as all journaled bytes are; the commit files stay until then.
/// </summary>
internal sealed class Journal
{
    private readonly List<Piece> _pieces = [];
    private readonly Dictionary<Segment, List<Piece>> _bySegment = [];
    private readonly Dictionary<string, (Partition Partition, Segment Segment)> _byPath = new(StringComparer.Ordinal);

    private readonly record struct Piece(int TopicId, int Partition, long BaseOffset, int Generation, long Position, ReadOnlyMemory<byte> Bytes)
    {
        public long End => Position + Bytes.Length;
    }

    /// <summary>Bytes to be written again.</summary>
    public long Bytes { get; private set; }

    /// <summary>Notes the journal of a commit record.</summary>
    public void Add(ReadOnlyMemory<byte> journal)
    {
        var reader = new CommitEntryReader(journal.Span);
        while (!reader.AtEnd)
        {
            if (reader.ReadByte() != (byte)CommitEntryKind.Data)
                throw new LogFormatException("A commit record holds something else than batches in its journal. Nothing was changed; open the log with a newer Flowgen.");
            var (topicId, partition) = (reader.ReadInt32(), reader.ReadInt32());
            var (baseOffset, generation) = (reader.ReadInt64(), reader.ReadInt32());
            long position = reader.ReadInt64();
            int length = reader.ReadBytes().Length;
            _pieces.Add(new Piece(topicId, partition, baseOffset, generation, position, journal.Slice(journal.Length - reader.Remaining - length, length)));
        }
    }

    /// <summary>Finds the segments that the bytes belong to. Those that are gone by now, with their topic or by retention or compaction, need none.</summary>
    public void Assign(LogState state)
    {
        var segments = new Dictionary<(int, int, long, int), (Partition Partition, Segment Segment)>();
        foreach (var partition in state.Topics.SelectMany(t => t.Partitions))
        {
            foreach (var segment in partition.Segments)
                segments.Add((partition.TopicId, partition.Index, segment.BaseOffset, segment.Generation), (partition, segment));
        }

        foreach (var piece in _pieces)
        {
            if (!segments.TryGetValue((piece.TopicId, piece.Partition, piece.BaseOffset, piece.Generation), out var found))
                continue;
            var segment = found.Segment;
            if (piece.Position < SegmentHeader.Size || piece.Position > segment.CommittedEnd - piece.Bytes.Length)
                throw new LogCorruptionException($"The commit log contradicts itself: it holds bytes {piece.Position} to {piece.End} of '{segment.Path}', which is committed up to {segment.CommittedEnd}, although every CRC is right. Nothing was changed; it was written by a defective program.");
            if (!_bySegment.TryGetValue(segment, out var pieces))
                _bySegment.Add(segment, pieces = []);
            pieces.Add(piece);
            _byPath[segment.Path] = found;
            Bytes += piece.Bytes.Length;
        }
    }

    /// <summary>What is to be written into a file, its header included where it starts anew.</summary>
    /// <returns>The topic to which it belongs, and the bytes; none if there are none.</returns>
    public (int TopicId, IReadOnlyList<(long Position, ReadOnlyMemory<byte> Bytes)> Pieces) Of(string path)
    {
        if (!_byPath.TryGetValue(path, out var found))
            return (0, []);
        var pieces = _bySegment[found.Segment].ConvertAll(p => (p.Position, p.Bytes));
        return (found.Partition.TopicId, HoldsStart(found.Segment) ? [(0, Header(found.Partition, found.Segment)), .. pieces] : pieces);
    }

    public bool Holds(Segment segment) => _bySegment.ContainsKey(segment);

    /// <summary>Whether a segment, header and all, is in the journal from its beginning.</summary>
    public bool HoldsStart(Segment segment) => _bySegment.TryGetValue(segment, out var pieces) && pieces.Exists(p => p.Position == SegmentHeader.Size);

    /// <summary>How far a segment has to reach by itself: what follows up to its committed end is in the journal.</summary>
    public long NeededLength(Segment segment)
    {
        long needed = segment.CommittedEnd;
        if (!_bySegment.TryGetValue(segment, out var pieces))
            return needed;
        foreach (var piece in pieces.OrderByDescending(p => p.End))
        {
            if (piece.End >= needed)
                needed = Math.Min(needed, piece.Position);
        }

        return needed == SegmentHeader.Size ? 0 : needed;
    }

    /// <summary>Writes the bytes into their segments.</summary>
    /// <param name="partitions">All partitions.</param>
    /// <param name="keep">Keeps a segment open until it is synced; called before anything is written to it.</param>
    public void Replay(IEnumerable<Partition> partitions, Action<Partition, Segment> keep)
    {
        foreach (var partition in partitions)
        {
            foreach (var segment in partition.Segments)
            {
                if (!_bySegment.TryGetValue(segment, out var pieces))
                    continue;
                keep(partition, segment);
                segment.Use(file => Replay(partition, segment, file, pieces));
            }
        }
    }

    private static void Replay(Partition partition, Segment segment, IFile file, List<Piece> pieces)
    {
        foreach (var piece in pieces)
        {
            if (piece.Position == SegmentHeader.Size)
                file.Write(0, Header(partition, segment));
            file.Write(piece.Position, piece.Bytes.Span);
        }
    }

    private static byte[] Header(Partition partition, Segment segment)
    {
        var header = new byte[SegmentHeader.Size];
        SegmentHeader.Write(header, partition.TopicId, partition.Index, segment.BaseOffset);
        return header;
    }
}
