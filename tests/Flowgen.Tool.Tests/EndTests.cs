using System.Globalization;
using Flowgen.Log;
using Flowgen.Tool.Tests.Harness;

namespace Flowgen.Tool.Tests;

/// <summary>How a command ends that cannot write, is stopped, or is asked for something that is not to change anything.</summary>
public class EndTests : ToolTest
{
    [Fact]
    public async Task A_full_disk_behind_the_output_is_an_error()
    {
        if (!OperatingSystem.IsLinux())
            return; // only there is a file that is always full
        PrepareOrders([.. Enumerable.Range(0, 20).Select(i => new Order($"{i}", i, At(i)))]);
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        foreach (string[] args in (string[][])[["export", "orders", "--masked"], ["consume", "orders"], ["lag"], ["--help"]])
        {
            var error = new StringWriter();
            int code = await FlowTool.RunAsync([.. args, "--dir", LogDirectory], new ToolIo { Input = Stream.Null, Output = new OutputStream(full), Error = error });

            Assert.Equal(1, code);
            Assert.StartsWith("flow: ", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_defect_is_told_by_the_exit_code_although_nobody_reads_the_report_to_its_end()
    {
        PrepareOrders(new Order("a", 1, At(0)));
        string segment = Directory.GetFiles(LogDirectory, "*.segment", SearchOption.AllDirectories).First(path => new FileInfo(path).Length > 200);
        byte[] bytes = await File.ReadAllBytesAsync(segment);
        bytes[180] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);

        int code = await FlowTool.RunAsync(["verify", "--dir", LogDirectory], new ToolIo { Input = Stream.Null, Output = new OutputStream(new ClosedPipe()), Error = new StringWriter() });

        Assert.Equal(1, code);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("produce")]
    [InlineData("consume")]
    public async Task What_is_stopped_before_its_end_has_not_succeeded(string command)
    {
        Prepare(log => log.CreateTopic("t", new TopicSettings()));
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        ToolResult result = await RunToolAsync("{\"key\":null,\"value\":null}\n", stopped.Token, command, "t", "--dir", LogDirectory);

        Assert.Equal(130, result.Code);
        if (command is "import" or "produce")
            Assert.StartsWith($"flow: {command} was stopped; nothing was", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_the_log_refuses_says_where_to_go_on()
    {
        Prepare(log => log.CreateTopic("t", new TopicSettings { MaxRecordBytes = 100 }));
        string small = "{\"key\":null,\"value\":\"c21hbGw=\"}\n";
        string large = $"{{\"key\":null,\"value\":\"{Convert.ToBase64String(new byte[200])}\"}}\n";

        ToolResult result = await RunWithInputAsync($"{small}{small}{large}", "import", "t", "--commit-every", "1");

        Assert.Equal(1, result.Code);
        Assert.EndsWith($"2 records before line 3 were imported: go on with --from-line 3{Environment.NewLine}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_cannot_be_leaves_no_log_behind()
    {
        Assert.Equal(1, (await RunAsync("topic", "create", "t", "--config", "nix=1")).Code);
        Assert.False(Directory.Exists(LogDirectory));
    }

    [Fact]
    public async Task A_dry_run_needs_no_log_of_its_own()
    {
        PrepareOrders(new Order("a", 1, At(0)));
        (await RunAsync("consume", "orders", "--group", "g")).MustSucceed();
        using FlowLog owner = FlowLog.Open(LogDirectory);

        ToolResult result = (await RunAsync("group", "reset", "g", "--to", "beginning", "--dry-run")).MustSucceed();

        Assert.Contains("Nothing was changed.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lag_counts_only_records_that_are_there()
    {
        Prepare(log => log.CreateTopic("t", new TopicSettings { SegmentBytes = 1024 }));
        string lines = string.Concat(Enumerable.Range(0, 50).Select(i => $"{{\"key\":null,\"value\":\"{Convert.ToBase64String(new byte[300])}\"}}\n"));
        (await RunWithInputAsync(lines, "produce", "t", "--commit-every", "1")).MustSucceed();
        (await RunAsync("consume", "t", "--group", "g", "--max", "1")).MustSucceed();
        Prepare(log => log.DeleteRecordsBefore("t", 0, 40));

        ToolResult result = (await RunAsync("lag")).MustSucceed();

        Assert.Equal(["g", "t", "0", "1", "50", 10.ToString(CultureInfo.InvariantCulture)], result.Rows[1]);
    }
}
