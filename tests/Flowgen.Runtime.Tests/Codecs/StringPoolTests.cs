using System.Text;

namespace Flowgen.Runtime.Tests.Codecs;

public class StringPoolTests
{
    [Fact]
    public void The_same_bytes_give_the_same_instance_without_allocating()
    {
        var pool = new StringPool();
        byte[] bytes = "ATL"u8.ToArray();
        Assert.True(pool.TryGet(bytes, out string? first));
        string? second = null;
        long allocated = Allocations.Least(() => pool.TryGet(bytes, out second));

        Assert.Equal("ATL", first);
        Assert.Same(first, second);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_pool_stays_within_its_capacity_and_right_beyond_it()
    {
        var pool = new StringPool(16);
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 1000; i++)
            {
                Assert.True(pool.TryGet(Encoding.UTF8.GetBytes($"value-{i}"), out string? text));
                Assert.Equal($"value-{i}", text);
            }
        }
    }

    [Fact]
    public void Empty_and_long_text_is_read_without_the_pool()
    {
        var pool = new StringPool();
        Assert.True(pool.TryGet([], out string? empty));
        Assert.Same("", empty);
        string text = new('x', StringPool.MaxPooledBytes + 1);
        Assert.True(pool.TryGet(Encoding.UTF8.GetBytes(text), out string? read));
        Assert.Equal(text, read);
    }

    [Theory]
    [InlineData(3)]
    [InlineData((1 << 20) + 1)]
    public void A_pool_has_room_for_4_to_a_million_values(int capacity) => Assert.Throws<ArgumentOutOfRangeException>(() => new StringPool(capacity));
}
