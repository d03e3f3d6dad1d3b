using Flowgen.Log;
using Flowgen.Tool.Tests.Harness;

namespace Flowgen.Tool.Tests;

public class TopicsTests : ToolTest
{
    [Fact]
    public async Task The_topics_are_listed_with_what_they_hold()
    {
        PrepareOrders(new Order("a", 1, At(0)), new Order("b", 2, At(1)));
        Prepare(log => log.CreateTopic("stock", new TopicSettings(3, TopicCleanup.Compact)));

        ToolResult result = (await RunAsync("topics")).MustSucceed();

        Assert.Equal(["Topic", "Partitions", "Records", "Size", "Cleanup"], result.Rows[0]);
        Assert.Equal(["orders", "2", "2"], result.Rows[1][..3]);
        Assert.Equal(["stock", "3", "0", "0 B", "compact"], result.Rows[2]);
        Assert.Equal(3, result.Rows.Length);
    }

    [Fact]
    public async Task Internal_topics_are_listed_on_demand_only()
    {
        Prepare(log => log.CreateTopic("__shop.changelog", new TopicSettings()));

        Assert.DoesNotContain("__shop.changelog", (await RunAsync("topics")).Output);
        Assert.Contains("__shop.changelog", (await RunAsync("topics", "--all")).Output);
    }

    [Fact]
    public async Task A_topic_is_shown_with_its_partitions_and_its_schema()
    {
        PrepareOrders(new Order("a", 1, At(0)));

        ToolResult result = (await RunAsync("topic", "orders")).MustSucceed();

        Assert.Equal("orders: Order, cleanup delete, retention forever", result.Lines[0]);
        Assert.Equal(["Partition", "First offset", "Next offset", "Bytes"], result.Rows[1]);
        Assert.Equal(["0", "0"], result.Rows[2][..2]);
        Assert.Equal(["1", "0"], result.Rows[3][..2]);
        Assert.Equal(1, int.Parse(result.Rows[2][2]) + int.Parse(result.Rows[3][2]));
        Assert.Equal(["Field", "Member", "Type", "Meaning"], result.Rows[4]);
        Assert.Equal(["1", "id", "String", "key"], result.Rows[5]);
        Assert.Equal(["2", "quantity", "Int32"], result.Rows[6]);
        Assert.Equal(["3", "at", "DateTimeOffset", "event time"], result.Rows[7]);
        Assert.Equal(["4", "email", "String?", "sensitive"], result.Rows[8]);
        Assert.Equal(["5", "traceId", "String?", "header 'trace-id'"], result.Rows[9]);
    }

    [Fact]
    public async Task A_topic_without_schema_says_so()
    {
        Prepare(log => log.CreateTopic("raw", new TopicSettings(1, TopicCleanup.CompactAndDelete, TimeSpan.FromHours(36))));

        ToolResult result = (await RunAsync("topic", "raw")).MustSucceed();

        Assert.Equal("raw: records without schema, cleanup compact, delete, retention 1d12h", result.Lines[0]);
        Assert.Equal(["0", "0", "0", "0"], result.Rows[2]);
    }

    [Fact]
    public async Task An_unknown_topic_is_one_clear_line()
    {
        Prepare(_ => { });

        (await RunAsync("topic", "nix")).MustFail(1, "There is no topic 'nix'. Create it first, or look at the list of topics for the right name.");
    }
}
