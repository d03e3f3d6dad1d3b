using BenchmarkDotNet.Attributes;
using Flowgen.Log;

namespace Flowgen.Benchmarks.Parts;

/// <summary>Building the batches that the log stores; figures are for each record.</summary>
[Config(typeof(InProcess))]
public class BatchBenchmarks
{
    private const int Records = 1_000;

    private readonly BatchBuilder _batch = new();
    private readonly byte[] _key = new byte[8];
    private readonly byte[] _value = new byte[92];
    private readonly RecordLayout _layout = new(32, 24, LogTimeUnit.Milliseconds, new KeyPart(0, 8, BigEndian: true));

    /// <summary>Records of 100 bytes with a key.</summary>
    /// <returns>Bytes of the batch.</returns>
    [Benchmark(OperationsPerInvoke = Records)]
    public int Variable()
    {
        _batch.StartVariable(schemaId: 1);
        for (int i = 0; i < Records; i++)
            _batch.Add(i, _key, keyIsNull: false, _value, valueIsNull: false);
        return _batch.SizeInBytes;
    }

    /// <summary>Values of 32 bytes that are stored as they are.</summary>
    /// <returns>Bytes of the batch.</returns>
    [Benchmark(OperationsPerInvoke = Records)]
    public int Fixed()
    {
        _batch.StartFixed(schemaId: 1, _layout);
        _batch.AddFixed(Records).Clear();
        _batch.NoteTimestamps(0, 1);
        return _batch.SizeInBytes;
    }
}
