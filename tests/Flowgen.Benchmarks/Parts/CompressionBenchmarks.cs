using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Parts;

/// <summary>Storing and reading a batch of 64 KiB of JSON; figures are for each record. The column of the bytes stored is in the name of the run's log.</summary>
[Config(typeof(InProcess))]
public class CompressionBenchmarks
{
    private const int Records = 640;

    private readonly BatchBuilder _batch = new();
    private readonly ByteBuffer _stored = new(1 << 20);
    private byte[] _plain = new byte[1 << 20];
    private byte[] _compressed = [];

    /// <summary>How the batch is compressed.</summary>
    [Params(CompressionType.None, CompressionType.Lz4, CompressionType.Zstd)]
    public CompressionType Compression { get; set; }

    /// <summary>Makes the batch.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (int i = 0; i < Records; i++)
        {
            string json = string.Create(CultureInfo.InvariantCulture, $$"""{"auction":{{random.Next(100)}},"bidder":{{random.Next(10_000)}},"price":{{random.Next(1_000_000)}},"channel":"web"}""");
            _batch.Add(i, BitConverter.GetBytes(i), keyIsNull: false, Encoding.UTF8.GetBytes(json), valueIsNull: false);
        }

        Store();
        _compressed = _stored.Written.ToArray();
        Console.WriteLine($"// {Compression}: {_compressed.Length} of {_batch.SizeInBytes} bytes are stored");
    }

    /// <summary>From the builder to the bytes that are written.</summary>
    /// <returns>Bytes of the batch.</returns>
    [Benchmark(OperationsPerInvoke = Records)]
    public int Store()
    {
        _stored.Clear();
        _batch.CopyTo(_stored, Compression);
        return _stored.Length;
    }

    /// <summary>From the bytes that were read to those that are decoded.</summary>
    /// <returns>Bytes of the batch.</returns>
    [Benchmark(OperationsPerInvoke = Records)]
    public int Load()
    {
        if (Compression == CompressionType.None)
        {
            _compressed.CopyTo(_plain, 0);
            return _compressed.Length;
        }

        string? defect = BatchCompression.Decompress(_compressed, ref _plain, _plain.Length, out int length);
        return defect is null ? length : throw new InvalidOperationException(defect);
    }
}
