using Flowgen.Log;
using Flowgen.Tool.Tests.Harness;

namespace Flowgen.Tool.Tests;

public class UsageTests : ToolTest
{
    [Theory]
    [InlineData("'bogus' is unknown; see 'flow --help'", "bogus")]
    [InlineData("'--bogus' is unknown; see 'flow topics --help'", "topics", "--bogus")]
    [InlineData("Required argument 'name' missing for command: 'create'; see 'flow topic create --help'", "topic", "create")]
    [InlineData("Required argument 'topic' missing for command: 'consume'; see 'flow consume --help'", "consume")]
    [InlineData("'--bogus' is unknown; see 'flow group list --help'", "group", "list", "--bogus")]
    [InlineData("'nowhere' is no place: use beginning, end, an offset, a time such as 2001-01-31T12:00Z, or -100 for 100 records back; see 'flow group reset --help'", "group", "reset", "g", "--to", "nowhere")]
    public async Task Wrong_usage_is_one_clear_line_and_code_2(string message, params string[] args) =>
        (await RunToolAsync("", CancellationToken.None, args)).MustFail(2, message);

    [Fact]
    public async Task Help_names_every_command()
    {
        ToolResult help = (await RunToolAsync("", CancellationToken.None, "--help")).MustSucceed();

        Assert.All(["topics", "topic", "produce", "consume", "lag", "group", "diagram"], command => Assert.Contains($"  {command} ", help.Output));
    }

    [Theory]
    [InlineData("topics")]
    [InlineData("lag")]
    [InlineData("group", "list")]
    [InlineData("consume", "orders")]
    [InlineData("produce", "orders")]
    public async Task Looking_for_a_log_that_is_not_there_makes_none(params string[] args)
    {
        (await RunAsync(args)).MustFail(1, $"there is no log in '{LogDirectory}': name its directory with --dir");

        Assert.False(Directory.Exists(LogDirectory));
    }

    [Fact]
    public async Task A_directory_that_holds_something_else_is_left_alone()
    {
        Directory.CreateDirectory(LogDirectory);
        await File.WriteAllTextAsync(Path.Combine(LogDirectory, "diary.txt"), "mine");

        ToolResult result = await RunAsync("topics");

        Assert.Equal(1, result.Code);
        Assert.Contains("is no log", Assert.Single(result.Error.Trim().Split('\n')));
        Assert.Equal(["diary.txt"], Directory.EnumerateFileSystemEntries(LogDirectory).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_log_in_use_is_one_clear_line()
    {
        using FlowLog log = FlowLog.Open(LogDirectory);

        ToolResult result = await RunAsync("produce", "orders");

        Assert.Equal(1, result.Code);
        Assert.StartsWith($"flow: The log in '{LogDirectory}' is open in this process already", Assert.Single(result.Error.Trim().Split('\n')));
    }

    [Fact]
    public async Task A_reader_that_closes_the_pipe_ends_the_tool_quietly()
    {
        PrepareOrders([.. Enumerable.Range(0, 50).Select(i => new Order($"{i}", i, At(i)))]);
        var error = new StringWriter();
        var io = new ToolIo { Input = Stream.Null, Output = new OutputStream(new ClosedPipe()), Error = error };

        int code = await FlowTool.RunAsync(["consume", "orders", "--follow", "--dir", LogDirectory], io);

        Assert.Equal(0, code);
        Assert.Equal("", error.ToString());
    }
}
