using System.Globalization;
using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Codecs;

/// <summary>Key bytes and partition hashes against vectors made with Kafka's Java client.</summary>
public class KafkaKeyTests
{
    public static TheoryData<string, string, string, int> Vectors()
    {
        var vectors = new TheoryData<string, string, string, int>();
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "kafka-partitioner.csv")).Skip(1))
        {
            string[] columns = line.Split(',');
            // From the end, because a text may hold a comma; numbers and Guids do not.
            vectors.Add(columns[0], columns[1], columns[^8], int.Parse(columns[^7], CultureInfo.InvariantCulture));
        }

        Assert.True(vectors.Count > 100);
        return vectors;
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Keys_have_the_bytes_and_the_hash_of_Kafka(string kind, string text, string hex, int murmur2)
    {
        byte[] bytes = Convert.FromHexString(hex);
        switch (kind)
        {
            case "int32":
                AssertKey<int, Int32Key>(int.Parse(text, CultureInfo.InvariantCulture), bytes, murmur2);
                break;
            case "int64":
                AssertKey<long, Int64Key>(long.Parse(text, CultureInfo.InvariantCulture), bytes, murmur2);
                break;
            case "utf8":
                string key = System.Text.Encoding.UTF8.GetString(bytes);
                AssertKey<string, StringKey>(key, bytes, murmur2);
                AssertKey<Text, TextKey>(key, bytes, murmur2);
                break;
            case "uuid-text":
                AssertKey<Guid, GuidKey>(Guid.Parse(text, CultureInfo.InvariantCulture), bytes, murmur2);
                break;
            default:
                Assert.Equal("bytes", kind);
                AssertKey<ReadOnlyMemory<byte>, MemoryKey>(bytes, bytes, murmur2);
                AssertKey<byte[], BytesKey>(bytes, bytes, murmur2);
                break;
        }
    }

    private static void AssertKey<TKey, TKeyCodec>(TKey key, byte[] bytes, int murmur2)
        where TKey : notnull
        where TKeyCodec : struct, IKeyCodec<TKey>
    {
        var written = new ByteBuffer();
        TKeyCodec.WriteKey(key, written);
        Assert.Equal(bytes, written.Written.ToArray());
        Assert.Equal(murmur2, TKeyCodec.PartitionHash(key));
        Assert.True(TKeyCodec.Equals(key, TKeyCodec.ReadKey(bytes)));
    }
}
