using Flowgen.Log;
using Flowgen.Runtime;

namespace Flowgen.Generators.Tests.Behaviour;

/// <summary>Takes batches through a log, because only a log can read what a builder built.</summary>
internal static class Batches
{
    public static TRecord ReadFirst<TRecord, TCodec>(BatchBuilder builder)
        where TCodec : struct, IRecordCodec<TRecord>
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("flowgen-");
        try
        {
            using FlowLog log = FlowLog.Open(directory.FullName);
            log.CreateTopic("records", new TopicSettings { Partitions = 1 });
            using (LogTransaction transaction = log.BeginTransaction())
            {
                transaction.Append("records", 0, builder);
                transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
            }

            using PartitionReader partition = log.OpenReader("records", 0, 0);
            Assert.True(partition.TryRead(out RecordBatch batch));
            LogRecord record = batch[0];
            RecordReader reader = new(batch.Buffer, record.ValueStart, record.ValueLength, new StringPool(), record.Headers);
            TCodec.Read(ref reader, out TRecord read);
            return read;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
