namespace Flowgen.Log.Commits;

/// <summary>Keeps the buffers of transactions for the next ones, up to a bound.</summary>
internal sealed class ChunkPool
{
    private const int FirstCapacity = 4 << 10;
    private const int MaxCapacity = 4 << 20;
    private const long MaxBytes = 128 << 20;

    private readonly Lock _gate = new();
    private readonly Stack<ByteBuffer> _free = [];
    private long _bytes;

    public ByteBuffer Rent()
    {
        lock (_gate)
        {
            if (!_free.TryPop(out var buffer))
                return new ByteBuffer(FirstCapacity);
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
