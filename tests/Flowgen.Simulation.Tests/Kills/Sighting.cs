using System.Globalization;
using Flowgen.Log;

namespace Flowgen.Simulation.Tests.Kills;

/// <summary>A record that a reader saw: where it was, and what was in it.</summary>
internal readonly record struct Sighting(string Topic, int Partition, long Offset, uint Content)
{
    public static Sighting Of(in RecordBatch batch, int index)
    {
        LogRecord record = batch[index];
        byte[] content = [.. BitConverter.GetBytes(record.Timestamp), record.IsTombstone ? (byte)1 : (byte)0, .. record.Key, .. record.Value];
        return new Sighting(batch.Topic, batch.Partition, record.Offset, Crc32C.Compute(content));
    }

    public static Sighting Parse(string line)
    {
        string[] parts = line.Split(' ');
        return new Sighting(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture), uint.Parse(parts[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Topic} {Partition} {Offset} {Content:x8}");
}
