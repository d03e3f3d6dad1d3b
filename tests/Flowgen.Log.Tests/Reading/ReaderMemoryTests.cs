using Flowgen.Log.Tests.Simulation;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Reading;

/// <summary>A reader has as much memory as there is to read, and none at the end of its partition.</summary>
public sealed class ReaderMemoryTests : IDisposable
{
    private readonly FlowLog _log = Scenario.Open(new SimulatedFileSystem(), Scenario.Options with { SegmentBytes = 1 << 30 });

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData(TopicCompression.Uncompressed)]
    [InlineData(TopicCompression.Lz4)]
    public void At_the_end_the_memory_is_given_back_and_taken_again_when_there_is_more(TopicCompression compression)
    {
        _log.CreateTopic("t", new TopicSettings { Compression = compression });
        using var reader = _log.OpenReader("t", 0, 0);
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 20; i++)
                _log.Append("t", 0, $"{round} {i} {new string('x', 5_000)}");

            for (int i = 0; i < 20; i++)
            {
                Assert.True(reader.TryRead(out var batch));
                Assert.StartsWith($"{round} {i} ", System.Text.Encoding.UTF8.GetString(batch[batch.FirstIndex].Value), StringComparison.Ordinal);
                Assert.True(reader.HeldBytes > 0);
            }

            Assert.False(reader.TryRead(out _));
            Assert.Equal(0, reader.HeldBytes);
        }
    }

    [Fact]
    public void A_little_to_read_takes_little_and_much_takes_a_window()
    {
        _log.CreateTopic("t", new TopicSettings());
        using var reader = _log.OpenReader("t", 0, 0);
        _log.Append("t", 0, "a");
        Assert.True(reader.TryRead(out _));
        Assert.InRange(reader.HeldBytes, 1, 4 << 10);

        for (int i = 0; i < 100; i++)
            _log.Append("t", 0, new string('x', 10_000));
        Assert.True(reader.TryRead(out _));
        Assert.InRange(reader.HeldBytes, 256 << 10, 512 << 10);

        _log.Append("t", 0, new string('y', 900_000));
        for (int i = 0; i < 100; i++)
            Assert.True(reader.TryRead(out _));
        Assert.InRange(reader.HeldBytes, 900_000, 1 << 20);
        Assert.False(reader.TryRead(out _));
        Assert.Equal(0, reader.HeldBytes);
    }
}
