namespace Flowgen.Log;

/// <summary>How the batches of a topic are stored. The numbers are stored.</summary>
public enum TopicCompression : byte
{
    /// <summary>As the producer says.</summary>
    Producer = 0,

    /// <summary>As they are, whatever the producer says.</summary>
    Uncompressed = 1,

    /// <summary>LZ4: fast.</summary>
    Lz4 = 2,

    /// <summary>Zstandard: small.</summary>
    Zstd = 3,
}
