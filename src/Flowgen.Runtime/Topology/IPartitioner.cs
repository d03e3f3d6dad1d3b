using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>The key by which a stage groups the records of one type, as a hash; generated beside the stage.</summary>
/// <typeparam name="TRecord">The record type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPartitioner<TRecord>
{
    /// <summary>The murmur2 hash of the bytes of the stage's key.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The hash; any bits may be set.</returns>
    static abstract int Hash(in TRecord record);
}
