using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>The batches that a transaction appends to one partition, laid out as they are stored, in chunks that are written at once.</summary>
internal sealed class PartitionWrite(Partition partition)
{
    private List<StampedBatch>? _stamped;
    private List<ProducerChange>? _changes;
    private int _unstamped; // records behind the last stamped batch

    public Partition Partition => partition;

    public List<ByteBuffer> Chunks { get; } = [];

    /// <summary>Records appended.</summary>
    public long Records { get; private set; }

    /// <summary>Offset of the first record; known when the request has been written.</summary>
    public long BaseOffset { get; set; } = -1;

    /// <summary>Bytes of the batches.</summary>
    public long Bytes { get; private set; }

    /// <summary>The batches that a producer has stamped.</summary>
    public Span<StampedBatch> Stamped => CollectionsMarshal.AsSpan(_stamped); // empty for null

    /// <summary>What the producers of the stamped batches have in the partition before and behind this write; filled in by the writing thread.</summary>
    public Span<ProducerChange> Changes => CollectionsMarshal.AsSpan(_changes);

    public void Add(BatchBuilder batch, ChunkPool pool, CompressionType compression)
    {
        Copy(batch, pool, compression);
        _unstamped += batch.Count;
    }

    /// <returns>Index of the batch among the stamped ones.</returns>
    public int Add(BatchBuilder batch, ChunkPool pool, CompressionType compression, ProducerStamp stamp)
    {
        int start = Copy(batch, pool, compression);
        var chunk = Chunks[^1];
        (_stamped ??= []).Add(new StampedBatch(stamp, batch.Count, Chunks.Count - 1, start, chunk.Length - start, _unstamped));
        _unstamped = 0;
        WriteStamp(ref Stamped[^1]);
        return _stamped.Count - 1;
    }

    /// <summary>Gives the batches of a producer other sequences. Their CRC comes when they are written.</summary>
    public int Restamp(ProducerStamp next)
    {
        foreach (ref var batch in Stamped)
        {
            if (batch.Stamp.IsNone)
                continue;
            batch.Stamp = next;
            next = next.Next(batch.Records);
            WriteStamp(ref batch);
        }

        return next.Sequence;
    }

    public void Change(ProducerChange change) => (_changes ??= []).Add(change);

    public void ForgetChanges() => _changes?.Clear();

    /// <summary>The same batches for the partition of a log that was opened anew.</summary>
    public PartitionWrite In(Partition target)
    {
        var moved = new PartitionWrite(target) { Records = Records, Bytes = Bytes, _stamped = _stamped };
        moved.Chunks.AddRange(Chunks);
        return moved;
    }

    /// <summary>Takes the bytes of duplicates out of the chunks.</summary>
    public void DropDuplicates()
    {
        for (int i = Stamped.Length - 1; i >= 0; i--)
        {
            var batch = Stamped[i];
            if (batch.IsDuplicate && batch.Length > 0)
                Drop(i, batch);
        }
    }

    private int Copy(BatchBuilder batch, ChunkPool pool, CompressionType compression)
    {
        if (Chunks.Count == 0 || Chunks[^1].Length + batch.SizeInBytes > ChunkPool.ChunkBytes)
            Chunks.Add(pool.Rent(batch.SizeInBytes));
        var chunk = Chunks[^1];
        int start = chunk.Length;
        CopyWhole(batch, chunk, compression);
        Bytes += chunk.Length - start;
        Records += batch.Count;
        return start;
    }

    private static void CopyWhole(BatchBuilder batch, ByteBuffer chunk, CompressionType compression)
    {
        int start = chunk.Length;
        try
        {
            batch.CopyTo(chunk, compression);
        }
        catch
        {
            chunk.Truncate(start); // else a part of it would be written with the next one
            throw;
        }
    }

    private void WriteStamp(ref StampedBatch batch)
    {
        if (batch.Length == 0 || batch.Stamp.IsNone)
            return;
        var header = Chunks[batch.Chunk].Array.AsSpan(batch.Start, BatchFormat.HeaderSize);
        BinaryPrimitives.WriteInt16LittleEndian(header[BatchFormat.ProducerEpochAt..], batch.Stamp.Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(header[BatchFormat.ProducerIdAt..], batch.Stamp.ProducerId);
        BinaryPrimitives.WriteInt32LittleEndian(header[BatchFormat.SequenceAt..], batch.Stamp.Sequence);
    }

    private void Drop(int index, StampedBatch batch)
    {
        var chunk = Chunks[batch.Chunk];
        int end = batch.Start + batch.Length;
        chunk.Array.AsSpan(end, chunk.Length - end).CopyTo(chunk.Array.AsSpan(batch.Start));
        chunk.Truncate(chunk.Length - batch.Length);
        Bytes -= batch.Length;
        Records -= batch.Records;
        var stamped = Stamped;
        for (int i = index + 1; i < stamped.Length && stamped[i].Chunk == batch.Chunk; i++)
            stamped[i].Start -= batch.Length;
        stamped[index].Length = 0;
    }
}
