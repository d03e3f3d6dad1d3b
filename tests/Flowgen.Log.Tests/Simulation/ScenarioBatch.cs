using System.Text;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>Builds the batch of records of the model.</summary>
internal static class ScenarioBatch
{
    public static BatchBuilder Of(params IEnumerable<ModelRecord> records)
    {
        var batch = new BatchBuilder();
        foreach (var record in records)
        {
            batch.BeginRecord(record.Timestamp);
            batch.Data.WriteUtf8(record.Key ?? "");
            batch.EndKey(record.Key is null);
            batch.Data.WriteUtf8(record.Value ?? "");
            batch.EndValue(record.Value is null);
            foreach (string header in record.Headers.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                batch.AddHeader(header.Split(':')[0], Encoding.UTF8.GetBytes(header.Split(':')[1]));
            batch.EndRecord();
        }

        return batch;
    }
}
