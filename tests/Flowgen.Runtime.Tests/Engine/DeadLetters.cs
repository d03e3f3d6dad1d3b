using System.Text;
using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>Reads dead-letter topics.</summary>
internal static class DeadLetters
{
    /// <summary>The records of a dead-letter topic: key, value, headers.</summary>
    public static List<string> Read(IEngineLog log, string topic)
    {
        List<string> letters = [];
        for (int partition = 0; partition < log.EnsureTopic(new TopicDeclaration(topic, 1)); partition++)
        {
            using IEngineReader reader = log.OpenReader(topic, partition, 0);
            while (reader.TryRead(out RecordBatch batch))
            {
                for (int i = 0; i < batch.Count; i++) letters.Add(Describe(batch[i]));
            }
        }

        return letters;
    }

    private static string Describe(LogRecord record)
    {
        List<string> headers = [];
        foreach (LogHeader header in record.Headers) headers.Add($"{header.Name}={Encoding.UTF8.GetString(header.Value)}");
        return $"{(record.HasKey ? Encoding.UTF8.GetString(record.Key) : "(null)")}|{Convert.ToHexString(record.Value)}|{string.Join(',', headers)}";
    }
}
