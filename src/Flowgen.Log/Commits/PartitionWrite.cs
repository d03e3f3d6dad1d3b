using Flowgen.Log.Storage;

namespace Flowgen.Log.Commits;

/// <summary>The batches that a transaction appends to one partition, laid out as they are stored, in chunks that are written at once.</summary>
internal sealed class PartitionWrite(Partition partition)
{
    public Partition Partition => partition;

    public List<ByteBuffer> Chunks { get; } = [];

    /// <summary>Records appended.</summary>
    public long Records { get; private set; }

    /// <summary>Offset of the first record; known when the request has been written.</summary>
    public long BaseOffset { get; set; } = -1;

    /// <summary>Bytes of the batches.</summary>
    public long Bytes { get; private set; }

    public void Add(BatchBuilder batch, ChunkPool pool)
    {
        if (Chunks.Count == 0 || Chunks[^1].Length + batch.SizeInBytes > ChunkPool.ChunkBytes)
            Chunks.Add(pool.Rent(batch.SizeInBytes));
        int before = Chunks[^1].Length;
        batch.CopyTo(Chunks[^1]);
        Bytes += Chunks[^1].Length - before;
        Records += batch.Count;
    }
}
