using Flowgen.Log;
using Flowgen.Tool.Tests.Harness;

namespace Flowgen.Tool.Tests;

public class ProduceTests : ToolTest
{
    [Fact]
    public async Task Lines_become_records_that_the_program_reads()
    {
        PrepareOrders();

        ToolResult result = await RunWithInputAsync(
            """
            {"value":{"id":"a","quantity":3,"at":"2001-01-31T12:05:00Z","email":"ann@example.org","traceId":"t-1"}}

            {"value":{"id":"b","quantity":4,"at":"2001-01-31T12:06:00Z"}}
            """,
            "produce", "orders");

        Assert.Equal(0, result.Code);
        Assert.Equal("", result.Output);
        Assert.Equal("2 records appended to 'orders'", result.Error.Trim());
        Assert.Equal(
            [new Order("a", 3, At(5), "ann@example.org", "t-1"), new Order("b", 4, At(6))],
            ReadAll<Order, OrderCodec>("orders").OrderBy(order => order.Id));
    }

    [Fact]
    public async Task A_line_goes_to_the_partition_of_its_key()
    {
        Order[] orders = [.. Enumerable.Range(0, 40).Select(i => new Order($"order-{i}", i, At(i)))];
        PrepareOrders(orders);
        string lines = (await RunAsync("consume", "orders")).MustSucceed().Output;
        Prepare(log =>
        {
            log.CreateTopic("copy", new TopicSettings(2));
            log.RegisterSchema("copy", OrderCodec.Schema.ToJson());
        });

        (await RunWithInputAsync(lines, "produce", "copy")).MustSucceed();

        Assert.Equal(ReadAll<Order, OrderCodec>("orders"), ReadAll<Order, OrderCodec>("copy"));
        Assert.Equal(lines.Replace("\"topic\":\"orders\"", "\"topic\":\"copy\"", StringComparison.Ordinal), (await RunAsync("consume", "copy")).Output);
    }

    [Fact]
    public async Task Records_stored_as_memory_are_taken_as_json_too()
    {
        Prepare(log => Append<Reading, ReadingCodec>(log, "readings", new TopicSettings(), new Reading(7, 21.5f, 1000)));

        (await RunWithInputAsync("""{"value":{"sensor":8,"celsius":-1,"at":2000}}""", "produce", "readings")).MustSucceed();

        Assert.Equal([new Reading(7, 21.5f, 1000), new Reading(8, -1, 2000)], ReadAll<Reading, ReadingCodec>("readings"));
    }

    [Fact]
    public async Task Raw_topics_take_text_bytes_headers_and_times_and_give_them_back()
    {
        const string Lines = """
            {"topic":"raw","partition":0,"offset":0,"timestamp":"2001-01-31T12:00:00.000Z","key":"k","headers":{"h":"x"},"value":"Grüße"}
            {"topic":"raw","partition":0,"offset":1,"timestamp":"2001-01-31T12:01:00.000Z","key":null,"headers":{},"value":{"base64":"AP8="}}
            {"topic":"raw","partition":0,"offset":2,"timestamp":"2001-01-31T12:02:00.000Z","key":"k","headers":{},"value":null}

            """;

        (await RunWithInputAsync(Lines, "produce", "raw", "--create", "1")).MustSucceed();

        Assert.Equal(Lines, (await RunAsync("consume", "raw")).MustSucceed().Output);
    }

    [Fact]
    public async Task A_partition_can_be_forced()
    {
        (await RunWithInputAsync("{\"key\":\"a\",\"value\":\"1\"}\n{\"value\":\"2\"}", "produce", "raw", "--create", "3", "--partition", "2")).MustSucceed();

        Assert.All((await RunAsync("consume", "raw")).Lines, line => Assert.Contains("\"partition\":2,", line));
    }

    [Theory]
    [InlineData("no json", "line 2: this is not JSON, at byte 2; expected {\"value\":…}; nothing was appended")]
    [InlineData("[]", "line 2: expected an object with \"value\", such as {\"value\":{…}}, not []; nothing was appended")]
    [InlineData("""{"key":"b"}""", "line 2: expected an object with \"value\", such as {\"value\":{…}}, not {\"key\":\"b\"}; nothing was appended")]
    [InlineData("""{"value":{},"vlaue":1}""", "line 2: 'vlaue' is unknown: a line has topic, partition, offset, timestamp, key, headers, value; nothing was appended")]
    [InlineData("""{"value":{"id":"b","at":"2001-01-31T12:00Z"}}""", "line 2: 'quantity' is missing: expected a whole number (Int32); nothing was appended")]
    [InlineData("""{"value":{"id":"b","quantity":"x","at":"2001-01-31T12:00Z"}}""", "line 2: 'quantity' must be a whole number (Int32), not \"x\"; nothing was appended")]
    [InlineData("""{"value":{"id":"b","quantity":1,"at":"noon"}}""", "line 2: 'at' must be a time such as \"2001-01-31T23:59:00Z\", not \"noon\"; nothing was appended")]
    [InlineData("""{"value":null}""", "line 2: a null value removes a key from the topic, and needs \"key\"; nothing was appended")]
    [InlineData("""{"value":null,"key":5}""", "line 2: 'key' must be text, not 5; nothing was appended")]
    [InlineData("""{"value":{"id":"b","quantity":1,"at":"2001-01-31T12:00Z"},"headers":{"trace-id":"x"}}""", "line 2: header 'trace-id' holds a member of 'Order': give it in 'value'; nothing was appended")]
    [InlineData("""{"value":{"id":"b","quantity":1,"at":"2001-01-31T12:00Z"},"headers":7}""", "line 2: 'headers' must be an object of names and texts, not 7; nothing was appended")]
    public async Task A_bad_line_leaves_nothing_behind(string line, string message)
    {
        PrepareOrders();

        (await RunWithInputAsync("""{"value":{"id":"a","quantity":1,"at":"2001-01-31T12:00Z"}}""" + "\n" + line, "produce", "orders")).MustFail(1, message);

        Assert.Empty(ReadAll<Order, OrderCodec>("orders"));
    }

    [Fact]
    public async Task What_was_committed_before_a_bad_line_stays_and_is_told()
    {
        ToolResult result = await RunWithInputAsync("{\"value\":\"1\"}\n{\"value\":\"2\"}\n{\"value\":\"3\"}\nbad", "produce", "raw", "--create", "1", "--commit-every", "2");

        result.MustFail(1, "line 4: this is not JSON, at byte 1; expected {\"value\":…}; 2 records before it were appended");
        Assert.Equal(2, (await RunAsync("consume", "raw")).Lines.Length);
    }

    [Fact]
    public async Task A_record_that_is_too_large_is_refused()
    {
        PrepareOrders();

        ToolResult result = await RunWithInputAsync($"{{\"value\":{{\"id\":\"{new string('x', 2 << 20)}\",\"quantity\":1,\"at\":\"2001-01-31T12:00Z\"}}}}", "produce", "orders");

        Assert.Equal(1, result.Code);
        Assert.Contains("too large", Assert.Single(result.Error.Trim().Split('\n')));
        Assert.Empty(ReadAll<Order, OrderCodec>("orders"));
    }

    [Fact]
    public async Task Topics_that_cannot_be_written_are_refused()
    {
        Prepare(log => log.CreateTopic("__shop.changelog", new TopicSettings()));

        (await RunWithInputAsync("", "produce", "nix")).MustFail(1, "There is no topic 'nix'. Create it first, or look at the list of topics for the right name.");
        (await RunWithInputAsync("", "produce", "__shop.changelog")).MustFail(1, "'__shop.changelog' belongs to an app, and nobody else may write to it");
        (await RunWithInputAsync("", "produce", "../x", "--create", "1")).MustFail(1, "'../x' cannot be the name of a topic: it holds the character U+002F at 2. Use 1 to 249 letters, digits, '.', '_' and '-'.");
        (await RunWithInputAsync("", "produce", "x", "--create", "0")).MustFail(2, "--create takes 1 to 4096 partitions; see 'flow produce --help'");
        Assert.False(Directory.Exists(Path.Combine(Dir, "x")));
    }
}
