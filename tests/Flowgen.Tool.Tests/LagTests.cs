using Flowgen.Log;
using Flowgen.Runtime;
using Flowgen.Tool.Tests.Harness;

namespace Flowgen.Tool.Tests;

public class LagTests : ToolTest
{
    [Fact]
    public async Task The_lag_of_a_group_is_what_it_has_not_read()
    {
        Prepare(log => Append<Order, OrderCodec>(log, "orders", new TopicSettings(1), [.. Enumerable.Range(0, 10).Select(i => new Order($"{i}", i, At(i)))]));
        (await RunAsync("consume", "orders", "--group", "g", "--max", "4")).MustSucceed();

        ToolResult result = (await RunAsync("lag")).MustSucceed();

        Assert.Equal(["Group", "Topic", "Partition", "Committed", "End", "Lag"], result.Rows[0]);
        Assert.Equal(["g", "orders", "0", "4", "10", "6"], result.Rows[1]);
    }

    [Fact]
    public async Task An_app_is_a_group_with_its_name()
    {
        PrepareOrders([.. Enumerable.Range(0, 20).Select(i => new Order($"{i}", i, At(i)))]);
        await RunAppAsync();

        ToolResult lag = (await RunAsync("lag", "--group", "shop")).MustSucceed();
        ToolResult large = (await RunAsync("consume", "large-orders")).MustSucceed();

        Assert.Equal(3, lag.Rows.Length);
        Assert.All(lag.Rows[1..], row => Assert.Equal("0", row[5]));
        Assert.Equal(9, large.Lines.Length);
    }

    [Fact]
    public async Task An_unknown_group_is_one_clear_line()
    {
        Prepare(_ => { });

        (await RunAsync("lag", "--group", "nix")).MustFail(1, "there is no group 'nix': no group has committed anything yet");
    }

    private async Task RunAppAsync()
    {
        await using FlowLog log = FlowLog.Open(LogDirectory);
        await using FlowEngine app = FlowEngine.Create<ShopApp>(log);
        await app.RunToEndAsync();
    }
}
