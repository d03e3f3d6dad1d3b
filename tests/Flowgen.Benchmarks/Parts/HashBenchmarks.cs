using BenchmarkDotNet.Attributes;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Parts;

/// <summary>What every batch and every key pays: CRC32C and murmur2.</summary>
[Config(typeof(InProcess))]
public class HashBenchmarks
{
    private readonly byte[] _bytes = new byte[64 * 1024];

    /// <summary>Bytes to hash: a short key, a record, a batch.</summary>
    [Params(8, 100, 64 * 1024)]
    public int Length { get; set; }

    /// <summary>Fills the bytes.</summary>
    [GlobalSetup]
    public void Fill() => new Random(1).NextBytes(_bytes);

    /// <summary>The checksum of a batch.</summary>
    /// <returns>The CRC.</returns>
    [Benchmark]
    public uint Crc() => Crc32C.Compute(_bytes.AsSpan(0, Length));

    /// <summary>The hash that chooses a partition.</summary>
    /// <returns>The hash.</returns>
    [Benchmark]
    public int Murmur() => Murmur2.Hash(_bytes.AsSpan(0, Length));
}
