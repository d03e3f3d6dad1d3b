using Flowgen.Log;
using Flowgen.Runtime;
using Flowgen.Tool.Tests.Harness;

namespace Flowgen.Tool.Tests;

public class GroupTests : ToolTest
{
    [Fact]
    public async Task Groups_are_listed_with_what_they_read_and_how_far_they_are_behind()
    {
        PrepareGroups();

        ToolResult result = (await RunAsync("group", "list")).MustSucceed();

        Assert.Equal(["Group", "Topics", "Partitions", "Lag"], result.Rows[0]);
        Assert.Equal(["first", "2", "3", "8"], result.Rows[1]);
        Assert.Equal(["second", "1", "1", "0"], result.Rows[2]);
    }

    [Fact]
    public async Task A_group_is_described_with_offsets_lag_and_metadata()
    {
        PrepareGroups();

        ToolResult result = (await RunAsync("group", "describe", "first")).MustSucceed();

        Assert.Equal(["Topic", "Partition", "First", "Committed", "End", "Lag", "Metadata"], result.Rows[0]);
        Assert.Equal(["a", "0", "0", "4", "10", "6", "half"], result.Rows[1]);
        Assert.Equal(["a", "1", "0", "0", "1", "1"], result.Rows[2]);
        Assert.Equal(4, result.Rows.Length);
    }

    [Theory]
    [InlineData("beginning", "0")]
    [InlineData("end", "10")]
    [InlineData("7", "7")]
    [InlineData("-3", "1")]
    [InlineData("1970-01-01T00:00:05Z", "5")]
    public async Task A_group_is_moved_to_a_place(string to, string expected)
    {
        PrepareGroups();

        ToolResult dry = (await RunAsync("group", "reset", "first", "--to", to, "--topic", "a", "--partition", "0", "--dry-run")).MustSucceed();
        ToolResult before = await RunAsync("group", "describe", "first");
        ToolResult done = (await RunAsync("group", "reset", "first", "--to", to, "--topic", "a", "--partition", "0")).MustSucceed();
        ToolResult after = await RunAsync("group", "describe", "first");

        Assert.Equal(["Topic", "Partition", "From", "To"], dry.Rows[0]);
        Assert.Equal(["a", "0", "4", expected], dry.Rows[1]);
        Assert.Equal("Nothing was changed.", dry.Lines[^1]);
        Assert.Equal("4", before.Rows[1][3]);
        Assert.Equal(dry.Rows[1], done.Rows[1]);
        Assert.Equal(2, done.Lines.Length);
        Assert.Equal(expected, after.Rows[1][3]);
    }

    [Fact]
    public async Task Without_a_topic_all_topics_of_a_group_are_reset()
    {
        PrepareGroups();

        ToolResult result = (await RunAsync("group", "reset", "first", "--to", "beginning")).MustSucceed();

        Assert.Equal([["a", "0", "4", "0"], ["a", "1", "0", "0"], ["b", "0", "1", "0"]], result.Rows[1..]);
    }

    [Fact]
    public async Task A_group_or_its_offsets_of_a_topic_are_deleted()
    {
        PrepareGroups();

        Assert.Equal(["first: offsets deleted"], (await RunAsync("group", "delete", "first", "--topic", "a")).MustSucceed().Lines);
        Assert.Equal(2, (await RunAsync("group", "describe", "first")).Rows.Length);
        Assert.Equal(["first: deleted"], (await RunAsync("group", "delete", "first")).MustSucceed().Lines);
        (await RunAsync("group", "describe", "first")).MustFail(1, "there is no group 'first', but second");
        (await RunAsync("group", "delete", "first")).MustFail(1, "there is no group 'first', but second");
        (await RunAsync("group", "reset", "first", "--to", "end")).MustFail(1, "there is no group 'first', but second");
    }

    [Fact]
    public async Task A_wrong_partition_is_one_clear_line()
    {
        PrepareGroups();

        (await RunAsync("group", "reset", "first", "--to", "end", "--topic", "a", "--partition", "2")).MustFail(1, "topic 'a' has no partition 2, but 0 to 1");
        (await RunAsync("group", "reset", "first", "--to", "end", "--partition", "0")).MustFail(1, "--partition needs --topic");
    }

    [Fact]
    public async Task An_app_that_is_moved_back_reads_its_input_again()
    {
        PrepareOrders([.. Enumerable.Range(0, 20).Select(i => new Order($"{i}", i, At(i)))]);
        await RunAppAsync();

        (await RunAsync("group", "reset", "shop", "--to", "beginning")).MustSucceed();
        await RunAppAsync();

        Assert.Equal(18, ReadAll<LargeOrder, LargeOrderCodec>("large-orders").Count);
    }

    private void PrepareGroups() => Prepare(log =>
    {
        log.CreateTopic("a", new TopicSettings(2));
        log.CreateTopic("b", new TopicSettings());
        using (LogTransaction transaction = log.BeginTransaction())
        {
            transaction.Append("a", 0, Records(10));
            transaction.Append("a", 1, Records(1));
            transaction.Append("b", 0, Records(2));
            transaction.SetOffset("first", "a", 0, 4, "half");
            transaction.SetOffset("first", "a", 1, 0);
            transaction.SetOffset("first", "b", 0, 1);
            transaction.SetOffset("second", "b", 0, 2);
            transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
        }
    });

    private static BatchBuilder Records(int count)
    {
        var batch = new BatchBuilder();
        for (int i = 0; i < count; i++)
            batch.Add(i * 1_000, default, true, [1], false);
        return batch;
    }

    private async Task RunAppAsync()
    {
        await using FlowLog log = FlowLog.Open(LogDirectory);
        await using FlowEngine app = FlowEngine.Create<ShopApp>(log);
        await app.RunToEndAsync();
    }
}
