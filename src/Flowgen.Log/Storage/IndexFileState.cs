namespace Flowgen.Log.Storage;

/// <summary>What is known of the file of an index.</summary>
internal enum IndexFileState
{
    /// <summary>Nobody has looked.</summary>
    Unknown,

    /// <summary>There is one, and it fits as far as anybody knows.</summary>
    Written,

    /// <summary>There is none, or one that does not fit.</summary>
    Distrusted,
}
