namespace Flowgen.Log;

/// <summary>How the bytes of a batch are compressed (<c>compression.type</c>). The numbers are stored, and are Kafka's.</summary>
public enum CompressionType : byte
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>LZ4: fast.</summary>
    Lz4 = 3,

    /// <summary>Zstandard: small.</summary>
    Zstd = 4,
}
