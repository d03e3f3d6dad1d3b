using System.ComponentModel;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>How keys of one type are hashed, compared and written. Predefined for the usual types, generated for enums
/// and tuples; always a struct without fields, so that every call is direct.</summary>
/// <typeparam name="TKey">The key type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IKeyCodec<TKey>
    where TKey : notnull
{
    /// <summary>A hash for tables in memory: equal keys, equal hashes. Integers are their own hash, because the table
    /// keeps neighbours together and scrambles them only when chosen keys collide; wider keys use <see cref="KeyHash"/>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>64 bits; not the same from process to process.</returns>
    static abstract ulong Hash(TKey key);

    /// <summary>Whether two keys are the same.</summary>
    /// <param name="left">One key.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether their key bytes are equal.</returns>
    static abstract bool Equals(TKey left, TKey right);

    /// <summary>A key that borrows nothing, to be kept.</summary>
    /// <param name="key">The key.</param>
    /// <returns>A copy for keys with <see cref="Text"/>, else the key itself.</returns>
    static abstract TKey Own(TKey key);

    /// <summary>The murmur2 hash of the key bytes, which decides the partition.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The hash as Kafka's Java client computes it.</returns>
    static abstract int PartitionHash(TKey key);

    /// <summary>Appends the key bytes: what topics are partitioned and compacted by.</summary>
    /// <param name="key">The key.</param>
    /// <param name="to">Where the bytes go.</param>
    static abstract void WriteKey(TKey key, ByteBuffer to);

    /// <summary>Reads key bytes, all of them.</summary>
    /// <param name="keyBytes">What <see cref="WriteKey"/> wrote.</param>
    /// <returns>The key; it borrows nothing.</returns>
    /// <exception cref="RecordFormatException">The bytes are not such a key.</exception>
    static abstract TKey ReadKey(ReadOnlySpan<byte> keyBytes);

    /// <summary>Appends the key so that <see cref="Read"/> finds its end.</summary>
    /// <param name="key">The key.</param>
    /// <param name="to">Where the bytes go.</param>
    static abstract void Write(TKey key, ByteBuffer to);

    /// <summary>Reads a key written by <see cref="Write"/>.</summary>
    /// <param name="reader">At the start of the key.</param>
    /// <returns>The key; it borrows nothing.</returns>
    /// <exception cref="RecordFormatException">The bytes are not such a key.</exception>
    static abstract TKey Read(ref StateReader reader);
}
