namespace Flowgen.Log.Commits;

/// <summary>Keeps the buffers of transactions for the next ones, up to a bound.</summary>
internal sealed class ChunkPool
{
    /// <summary>A chunk takes batches up to this size, or one larger batch.</summary>
    public const int ChunkBytes = 512 << 10;

    private const int SmallBatchBytes = 16 << 10;
    private const int SmallCapacity = 4 << 10;
    private const int MaxCapacity = 4 << 20;
    private const long MaxBytes = 128 << 20;

    private readonly Lock _gate = new();
    private readonly Stack<ByteBuffer> _free = [];
    private long _bytes;

    /// <summary>A buffer for batches, the first of which has a size: where batches are large, many will come, and a whole chunk is made at once.</summary>
    public ByteBuffer Rent(int batchBytes)
    {
        lock (_gate)
        {
            if (!_free.TryPop(out var buffer))
                return new ByteBuffer(batchBytes < SmallBatchBytes ? SmallCapacity : Math.Max(batchBytes, ChunkBytes));
            _bytes -= buffer.Array.Length;
            return buffer;
        }
    }

    public void Return(List<ByteBuffer> buffers)
    {
        lock (_gate)
        {
            foreach (var buffer in buffers)
            {
                if (buffer.Array.Length > MaxCapacity || _bytes + buffer.Array.Length > MaxBytes)
                    continue;
                buffer.Clear();
                _bytes += buffer.Array.Length;
                _free.Push(buffer);
            }
        }

        buffers.Clear();
    }
}
