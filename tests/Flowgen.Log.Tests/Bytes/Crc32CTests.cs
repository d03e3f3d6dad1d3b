using System.Text;

namespace Flowgen.Log.Tests.Bytes;

public class Crc32CTests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xE3069283u)] // the check value of the catalogue of CRCs
    [InlineData("a", 0xC1D04330u)]
    public void Known_texts_have_their_known_crc(string text, uint crc) => Assert.Equal(crc, Crc32C.Compute(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Blocks_of_zeros_and_ones_have_the_crc_of_RFC_3720()
    {
        byte[] ones = [.. Enumerable.Repeat((byte)0xff, 32)];
        byte[] rising = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Compute(ones));
        Assert.Equal(0x46DD794Eu, Crc32C.Compute(rising));
    }

    [Fact]
    public void Every_length_gives_what_the_plain_bitwise_algorithm_gives()
    {
        byte[] bytes = new byte[30_000];
        new Random(1).NextBytes(bytes);
        foreach (int length in Enumerable.Range(0, 1_200).Concat([4_095, 12_287, 12_288, 12_289, 13_055, 13_056, 13_057, 24_576, 30_000]))
            Assert.Equal(Bitwise(bytes.AsSpan(0, length)), Crc32C.Compute(bytes.AsSpan(0, length)));
    }

    private static uint Bitwise(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }

        return ~crc;
    }
}
