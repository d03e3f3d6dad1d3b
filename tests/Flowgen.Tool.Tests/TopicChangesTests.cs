using Flowgen.Log;
using Flowgen.Tool.Tests.Harness;

namespace Flowgen.Tool.Tests;

public class TopicChangesTests : ToolTest
{
    [Fact]
    public async Task A_topic_is_created_with_settings_by_their_names_in_Kafka()
    {
        ToolResult result = (await RunAsync(
            "topic", "create", "prices", "--partitions", "3", "--config", "cleanup.policy=compact,delete", "--config", "retention.ms=7d", "--config", "segment.bytes=1048576",
            "--config", "min.compaction.lag.ms=60000", "--config", "message.timestamp.type=LogAppendTime", "--config", "compression.type=zstd")).MustSucceed();

        Assert.StartsWith("prices: created; 3 partitions, cleanup.policy=compact,delete, retention.ms=604800000, ", result.Output);
        Prepare(log => Assert.Equal(
            new TopicSettings(3, TopicCleanup.CompactAndDelete, TimeSpan.FromDays(7))
            {
                SegmentBytes = 1 << 20,
                MinCompactionLag = TimeSpan.FromMinutes(1),
                TimestampType = TimestampType.LogAppendTime,
                Compression = TopicCompression.Zstd,
            },
            log.DescribeTopic("prices").Settings));
    }

    [Fact]
    public async Task Altering_changes_what_is_named_and_nothing_else()
    {
        Prepare(log => log.CreateTopic("prices", new TopicSettings(2, TopicCleanup.Delete, TimeSpan.FromDays(1)) { RetentionBytes = 10 }));

        (await RunAsync("topic", "alter", "prices", "--partitions", "4", "--config", "retention.ms=-1")).MustSucceed();

        Prepare(log => Assert.Equal(new TopicSettings(4) { RetentionBytes = 10 }, log.DescribeTopic("prices").Settings));
        ToolResult shown = (await RunAsync("topic", "prices")).MustSucceed();
        Assert.Equal(["prices: records without schema, cleanup delete, retention forever", "  retention.bytes=10"], shown.Lines[..2]);
    }

    [Fact]
    public async Task A_deleted_topic_is_gone()
    {
        PrepareOrders(new Order("a", 1, At(0)));

        (await RunAsync("topic", "delete", "orders")).MustSucceed();

        (await RunAsync("topic", "orders")).MustFail(1, "There is no topic 'orders'. Create it first, or look at the list of topics for the right name.");
    }

    [Fact]
    public async Task A_topic_that_an_app_keeps_for_itself_needs_force()
    {
        Prepare(log => log.CreateTopic("__shop.changelog", new TopicSettings()));

        (await RunAsync("topic", "delete", "__shop.changelog")).MustFail(1, "an app keeps '__shop.changelog' for itself and may not start without it: --force deletes it nevertheless");
        (await RunAsync("topic", "delete", "__shop.changelog", "--force")).MustSucceed();
    }

    [Theory]
    [InlineData("'orders' has 2 partitions, and can only get more: records would be lost", "alter", "orders", "--partitions", "1")]
    [InlineData("retention.ms cannot be 'soon': give a duration, or -1 for ever", "alter", "orders", "--config", "retention.ms=soon")]
    [InlineData("Topic 'orders' cannot have the dirty ratio 2; give one from 0 to 1.", "alter", "orders", "--config", "min.cleanable.dirty.ratio=2")]
    [InlineData("There is a topic 'orders' already. Use another name, or EnsureTopic to take it as it is.", "create", "orders")]
    public async Task What_cannot_be_is_one_clear_line_and_changes_nothing(string message, params string[] args)
    {
        PrepareOrders(new Order("a", 1, At(0)));

        (await RunAsync(["topic", .. args])).MustFail(1, message);

        Prepare(log => Assert.Equal(new TopicSettings(2), log.DescribeTopic("orders").Settings));
    }

    [Fact]
    public async Task An_unknown_setting_is_answered_with_those_that_there_are()
    {
        ToolResult result = await RunAsync("topic", "create", "prices", "--config", "retention=7d");

        Assert.Equal(1, result.Code);
        Assert.StartsWith("flow: there is no setting 'retention', but cleanup.policy, retention.ms, ", result.Error);
    }
}
