using System.ComponentModel;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>A buffer of the thread for the bytes of composite keys, which are hashed and forgotten.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KeyScratch
{
    [ThreadStatic]
    private static ByteBuffer? _buffer;

    /// <summary>The buffer, empty; the next call on the same thread empties it again.</summary>
    /// <returns>The buffer.</returns>
    public static ByteBuffer Rent()
    {
        ByteBuffer buffer = _buffer ??= new ByteBuffer();
        buffer.Clear();
        return buffer;
    }
}
