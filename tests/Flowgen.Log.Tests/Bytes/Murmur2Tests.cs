using System.Globalization;

namespace Flowgen.Log.Tests.Bytes;

public class Murmur2Tests
{
    private static readonly int[] PartitionCounts = [1, 3, 4, 12, 24, 100];

    // The vectors were written by Kafka's Java client: kind, text, key bytes, hash, and the partition of 1, 3, 4, 12, 24 and 100.
    public static IEnumerable<string[]> Vectors() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "kafka-partitioner.csv")).Skip(1).Select(line => line.Split(','));

    [Fact]
    public void Every_key_has_the_hash_and_the_partitions_that_the_Java_client_gives_it()
    {
        int checkedVectors = 0;
        foreach (string[] vector in Vectors())
        {
            byte[] key = Convert.FromHexString(vector[^8]);
            Assert.Equal(Number(vector[^7]), Murmur2.Hash(key));
            for (int i = 0; i < PartitionCounts.Length; i++)
                Assert.Equal(Number(vector[^6..][i]), Murmur2.Partition(key, PartitionCounts[i]));
            checkedVectors++;
        }

        Assert.Equal(128, checkedVectors);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
