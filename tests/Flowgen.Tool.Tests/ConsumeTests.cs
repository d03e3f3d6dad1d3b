using Flowgen.Log;
using Flowgen.Tool.Tests.Harness;

namespace Flowgen.Tool.Tests;

public class ConsumeTests : ToolTest
{
    [Fact]
    public async Task A_record_is_an_object_of_its_members_with_where_it_stands()
    {
        PrepareOrders(new Order("a", 3, At(5)));

        ToolResult result = (await RunAsync("consume", "orders")).MustSucceed();

        Assert.Equal(
            """{"topic":"orders","partition":0,"offset":0,"timestamp":"2001-01-31T12:05:00.000Z","key":"a","headers":{},"value":{"id":"a","quantity":3,"at":"2001-01-31T12:05:00+00:00","email":null,"traceId":null}}""",
            Assert.Single(result.Lines));
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task Sensitive_members_are_masked_and_header_members_stand_with_the_others()
    {
        PrepareOrders(new Order("a", 3, At(5), "ann@example.org", "t-1"));

        ToolResult json = (await RunAsync("consume", "orders")).MustSucceed();
        ToolResult table = (await RunAsync("consume", "orders", "--format", "table")).MustSucceed();

        Assert.Contains("\"headers\":{},", json.Output);
        Assert.Contains("\"email\":\"***\",\"traceId\":\"t-1\"}", json.Output);
        Assert.DoesNotContain("ann@", json.Output + table.Output);
    }

    [Fact]
    public async Task Records_of_all_partitions_come_in_the_order_of_their_time()
    {
        PrepareOrders([.. Enumerable.Range(0, 40).Select(i => new Order($"order-{i}", i, At(i)))]);

        ToolResult result = (await RunAsync("consume", "orders")).MustSucceed();

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"\"quantity\":{i},"), result.Lines.Select(line => line[line.IndexOf("\"quantity\"", StringComparison.Ordinal)..line.IndexOf("\"at\"", StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task Records_stored_as_memory_are_printed_like_others()
    {
        Prepare(log => Append<Reading, ReadingCodec>(log, "readings", new TopicSettings(), new Reading(7, 21.5f, 1000)));

        ToolResult result = (await RunAsync("consume", "readings")).MustSucceed();

        Assert.Equal("""{"topic":"readings","partition":0,"offset":0,"timestamp":"1970-01-01T00:00:01.000Z","key":7,"headers":{},"value":{"sensor":7,"celsius":21.5,"at":1000}}""", Assert.Single(result.Lines));
    }

    [Fact]
    public async Task A_composite_key_is_an_object()
    {
        Prepare(log => Append<Stock, StockCodec>(log, "stock", new TopicSettings(1, TopicCleanup.Compact), new Stock("tea", 4, 12)));

        Assert.Contains("""
            "key":{"product":"tea","store":4},"headers":{},"value":{"product":"tea","store":4,"pieces":12}
            """.Trim(), (await RunAsync("consume", "stock")).MustSucceed().Output);
    }

    [Theory]
    [InlineData("beginning", "a,b,c")]
    [InlineData("end", "")]
    [InlineData("1", "b,c")]
    [InlineData("99", "")]
    [InlineData("2001-01-31T12:02Z", "c")]
    [InlineData("2001-01-31T12:01:30Z", "c")]
    public async Task It_starts_where_from_says(string from, string expected)
    {
        Prepare(log => Append<Order, OrderCodec>(log, "orders", new TopicSettings(1), new Order("a", 1, At(0)), new Order("b", 1, At(1))));
        Prepare(log => Append<Order, OrderCodec>(log, "orders", new TopicSettings(1), new Order("c", 1, At(2))));

        ToolResult result = (await RunAsync("consume", "orders", "--from", from)).MustSucceed();

        Assert.Equal(expected, Ids(result));
    }

    [Fact]
    public async Task Partition_and_max_limit_what_is_printed()
    {
        PrepareOrders([.. Enumerable.Range(0, 40).Select(i => new Order($"order-{i}", i, At(i)))]);

        ToolResult one = (await RunAsync("consume", "orders", "--partition", "1")).MustSucceed();
        ToolResult three = (await RunAsync("consume", "orders", "--max", "3")).MustSucceed();
        ToolResult none = (await RunAsync("consume", "orders", "--max", "0")).MustSucceed();

        Assert.All(one.Lines, line => Assert.Contains("\"partition\":1,", line));
        Assert.InRange(one.Lines.Length, 1, 39);
        Assert.Equal(3, three.Lines.Length);
        Assert.Empty(none.Lines);
    }

    [Fact]
    public async Task A_group_goes_on_where_it_stopped()
    {
        PrepareOrders([.. Enumerable.Range(0, 10).Select(i => new Order($"{i}", i, At(i)))]);

        string first = Ids((await RunAsync("consume", "orders", "--group", "g", "--max", "4")).MustSucceed());
        string second = Ids((await RunAsync("consume", "orders", "--group", "g")).MustSucceed());
        string third = Ids((await RunAsync("consume", "orders", "--group", "g")).MustSucceed());
        string again = Ids((await RunAsync("consume", "orders", "--group", "g", "--from", "beginning")).MustSucceed());

        Assert.Equal("0,1,2,3", first);
        Assert.Equal("4,5,6,7,8,9", second);
        Assert.Equal("", third);
        Assert.Equal("0,1,2,3,4,5,6,7,8,9", again);
    }

    [Fact]
    public async Task Follow_prints_what_is_there_and_ends_quietly_when_it_is_stopped()
    {
        PrepareOrders(new Order("a", 1, At(0)));
        using var stop = new CancellationTokenSource();
        using var output = new StoppingStream(stop);
        var error = new StringWriter();
        var io = new ToolIo { Input = Stream.Null, Output = new OutputStream(output), Error = error };

        int code = await FlowTool.RunAsync(["consume", "orders", "--follow", "--dir", LogDirectory], io, stop.Token);

        Assert.Equal(0, code);
        Assert.Equal("", error.ToString());
        Assert.Contains("\"id\":\"a\"", output.Text);
    }

    [Fact]
    public async Task A_table_has_a_column_for_each_member()
    {
        Prepare(log => Append<Stock, StockCodec>(log, "stock", new TopicSettings(1, TopicCleanup.Compact), new Stock("tea", 4, 12)));
        (await RunWithInputAsync("""{"key":{"product":"tea","store":4},"value":null}""", "produce", "stock")).MustSucceed();

        ToolResult result = (await RunAsync("consume", "stock", "--format", "table")).MustSucceed();

        Assert.Equal(["Partition", "Offset", "Timestamp", "product", "store", "pieces"], result.Rows[0]);
        Assert.Equal(["tea", "4", "12"], result.Rows[1][3..]);
        Assert.Equal(["tea", "4", "(deleted)"], result.Rows[2][3..]);
    }

    [Fact]
    public async Task Wrong_requests_are_one_clear_line()
    {
        PrepareOrders(new Order("a", 1, At(0)));

        (await RunAsync("consume", "nix")).MustFail(1, "There is no topic 'nix'. Create it first, or look at the list of topics for the right name.");
        (await RunAsync("consume", "orders", "--partition", "2")).MustFail(1, "topic 'orders' has no partition 2, but 0 to 1");
        (await RunAsync("consume", "orders", "--from", "noon")).MustFail(2, "'noon' is no place to start: use beginning, end, an offset, or a time such as 2001-01-31T12:00Z; see 'flow consume --help'");
        (await RunAsync("consume", "orders", "--max", "-1")).MustFail(2, "--max must not be negative; see 'flow consume --help'");
    }

    private static string Ids(ToolResult result) => string.Join(',', result.Lines.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("key").GetString()));
}
