using System.Text;
using System.Text.Json;
using Flowgen.Log;
using Flowgen.Tool.Tests.Harness;

namespace Flowgen.Tool.Tests;

public class MaintenanceTests : ToolTest
{
    private static readonly string[] AmbiguousTexts = ["null", "5", "true", "\"", "\"quoted\"", "\"half", "{}", "{\"base64\":\"AA==\"}", "{\"base64\":", "[1]", " spaced ", "a,b", "line\r\nend\r", "#", "'", "\t", "ü😀"];

    private string Other => Path.Combine(Dir, "other");

    [Fact]
    public async Task Reading_commands_work_while_an_app_has_the_log_open_and_see_what_it_commits()
    {
        PrepareReadings(3);
        using FlowLog owner = FlowLog.Open(LogDirectory);
        Append(owner, "raw", 0, "k"u8.ToArray(), new byte[100]);
        Commit(owner, "g", "note");

        Assert.Contains("raw", (await RunAsync("topics")).MustSucceed().Output, StringComparison.Ordinal);
        Assert.Equal((await RunAsync("topics")).Output, (await RunAsync("topic", "list")).MustSucceed().Output);
        Assert.Equal("4", (await RunAsync("topic", "raw")).MustSucceed().Rows[^1][2]);
        Assert.Equal((await RunAsync("topic", "raw")).Output, (await RunAsync("topic", "describe", "raw")).MustSucceed().Output);
        Assert.Equal(["g", "raw", "0", "1", "4", "3"], (await RunAsync("lag")).MustSucceed().Rows[1]);
        Assert.Equal(["g", "1", "1", "3"], (await RunAsync("group", "list")).MustSucceed().Rows[1]);
        Assert.Equal(["raw", "0", "0", "1", "4", "3", "note"], (await RunAsync("group", "describe", "g")).MustSucceed().Rows[1]);
        Assert.Equal(4, (await RunAsync("consume", "raw")).MustSucceed().Lines.Length);
        Assert.Contains(" 4 records", (await RunAsync("verify")).MustSucceed().Output, StringComparison.Ordinal);
        Assert.Equal(4, (await RunAsync("export", "raw")).MustSucceed().Lines.Length);
        string segment = Directory.GetFiles(Path.Combine(LogDirectory, "topics", "raw", "0"), "*.segment").Single();
        Assert.Equal(4, (await RunAsync("dump", segment, "--records")).MustSucceed().Lines.Count(line => line.Contains("\"offset\":", StringComparison.Ordinal)));
        (await RunAsync("dump", Directory.GetFiles(Path.Combine(LogDirectory, "commits")).Order(StringComparer.Ordinal).Last())).MustSucceed();
        (await RunAsync("backup", Other)).MustSucceed();

        Append(owner, "raw", 0, null, new byte[100]);
        Assert.Equal(5, (await RunAsync("consume", "raw")).MustSucceed().Lines.Length);
    }

    [Theory]
    [InlineData("topic", "create", "new")]
    [InlineData("topic", "alter", "raw", "--partitions", "2")]
    [InlineData("topic", "delete", "raw")]
    [InlineData("group", "delete", "g")]
    [InlineData("group", "reset", "g", "--topic", "raw", "--to", "beginning")]
    [InlineData("import", "raw")]
    public async Task Changing_commands_name_the_owner_while_an_app_has_the_log_open(params string[] args)
    {
        PrepareReadings(3);
        using FlowLog owner = FlowLog.Open(LogDirectory);
        Commit(owner, "g", "");

        (await RunAsync(args)).MustFail(1, $"The log in '{LogDirectory}' is open in this process already. Use that FlowLog, which any number of apps, producers and consumers share, or dispose of it first.");
    }

    [Fact]
    public async Task Verify_is_silent_on_a_good_log_and_names_a_defect()
    {
        PrepareReadings(100);
        ToolResult good = (await RunAsync("verify")).MustSucceed();
        Assert.StartsWith("no defect in 100 records, 100 batches, ", Assert.Single(good.Lines), StringComparison.Ordinal);

        string segment = Damage(300);
        ToolResult bad = await RunAsync("verify");
        Assert.Equal(1, bad.Code);
        Assert.StartsWith($"defect  batch  {segment} at ", bad.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("1 defect in ", bad.Lines[^1], StringComparison.Ordinal);

        ToolResult json = await RunAsync("verify", "--json");
        using JsonDocument report = JsonDocument.Parse(json.Output);
        Assert.True(report.RootElement.GetProperty("hasDefects").GetBoolean());
        Assert.Equal("batch", report.RootElement.GetProperty("findings")[0].GetProperty("check").GetString());
    }

    [Fact]
    public async Task A_backup_is_restored_and_holds_the_same()
    {
        PrepareReadings(50);
        string before = (await RunAsync("consume", "raw")).Output;

        (await RunAsync("backup", Other)).MustSucceed();
        Directory.Delete(LogDirectory, recursive: true);
        ToolResult restored = (await RunAsync("restore", Other)).MustSucceed();

        Assert.Contains("restored to", restored.Output, StringComparison.Ordinal);
        Assert.Equal(before, (await RunAsync("consume", "raw")).Output);
        Assert.Equal(1, (await RunAsync("restore", Other)).Code); // not empty any more
    }

    [Fact]
    public async Task Salvage_says_what_is_lost_and_leaves_the_log_as_it_is()
    {
        PrepareReadings(50);
        string segment = Damage(300);
        byte[] damaged = await File.ReadAllBytesAsync(segment);

        ToolResult result = (await RunAsync("salvage", Other)).MustSucceed();

        Assert.StartsWith("lost  raw-0  offsets ", result.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("49 records ", result.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(segment));
        Assert.Equal(0, (await RunToolAsync("", CancellationToken.None, "verify", "--dir", Other)).Code);
    }

    [Fact]
    public async Task Salvage_from_segments_says_what_is_uncertain()
    {
        PrepareReadings(50);
        foreach (string commits in Directory.GetFiles(Path.Combine(LogDirectory, "commits")))
            await File.WriteAllBytesAsync(commits, new byte[100]);
        ToolResult refused = await RunAsync("salvage", Other);
        Assert.Equal(1, refused.Code);
        Assert.Contains("--from-segments", refused.Error, StringComparison.Ordinal);

        ToolResult result = (await RunAsync("salvage", Other, "--from-segments")).MustSucceed();

        Assert.Equal("uncertain  raw-0: records that were never committed, or had been deleted, may be among those kept", result.Lines[0]);
        Assert.StartsWith("50 records ", result.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(50, (await RunToolAsync("", CancellationToken.None, "consume", "raw", "--dir", Other)).MustSucceed().Lines.Length);
    }

    [Fact]
    public async Task Dump_shows_batches_records_commits_and_damage()
    {
        PrepareReadings(5);
        string segment = Damage(300);

        ToolResult batches = (await RunAsync("dump", segment)).MustSucceed();
        ToolResult records = (await RunAsync("dump", segment, "--records")).MustSucceed();
        ToolResult commits = (await RunAsync("dump", Directory.GetFiles(Path.Combine(LogDirectory, "commits"))[^1])).MustSucceed();

        Assert.StartsWith("topic 1, partition 0, base offset 0, ", batches.Lines[0], StringComparison.Ordinal);
        Assert.Single(batches.Lines, line => line.Contains("damaged: ", StringComparison.Ordinal));
        Assert.Equal(4, records.Lines.Count(line => line.Contains("\"offset\":", StringComparison.Ordinal)));
        Assert.Single(records.Lines, line => line.Contains("\"damaged\":", StringComparison.Ordinal));
        Assert.Contains("checkpoint", commits.Output, StringComparison.Ordinal);
        (await RunAsync("dump", "/none.segment")).MustFail(1, "there is no file '/none.segment'");
        string format = Path.Combine(LogDirectory, "flowgen.log");
        (await RunAsync("dump", format)).MustFail(1, $"'{format}' is neither a segment (*.segment) nor a commit file (*.commits)");
    }

    [Theory]
    [InlineData("json", TopicCompression.Uncompressed)]
    [InlineData("csv", TopicCompression.Uncompressed)]
    [InlineData("json", TopicCompression.Lz4)]
    [InlineData("csv", TopicCompression.Zstd)]
    public async Task Export_and_import_bring_back_every_kind_of_record(string format, TopicCompression compression)
    {
        Prepare(log =>
        {
            log.CreateTopic("raw", new TopicSettings(2) { Compression = compression });
            Append(log, "raw", 0, null, new byte[5_000]);
            Append(log, "raw", 0, "k"u8.ToArray(), "value, with \"quotes\"\nand lines"u8.ToArray());
            Append(log, "raw", 1, null, [0, 255, 254, 10]);
            Append(log, "raw", 0, [], []);
            Append(log, "raw", 1, [1, 200], null);
            foreach (string text in AmbiguousTexts)
                Append(log, "raw", 0, Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(text));
            AppendAt(log, long.MaxValue);
            AppendAt(log, -1);
            AppendWithHeaders(log);
        });
        string before = (await RunAsync("export", "raw")).MustSucceed().Output;
        string file = Path.Combine(Dir, "export");

        (await RunAsync("export", "raw", "--format", format, "--output", file)).MustSucceed();
        Prepare(log => log.DeleteTopic("raw"));
        Prepare(log => log.CreateTopic("raw", new TopicSettings(2)));
        (await RunAsync("import", "raw", "--format", format, "--input", file, "--keep-partitions")).MustSucceed();

        Assert.Equal(before, (await RunAsync("export", "raw")).Output);
    }

    [Fact]
    public async Task Cells_of_csv_hold_plain_text_and_json_only_where_it_is_needed()
    {
        Prepare(log =>
        {
            log.CreateTopic("raw", new TopicSettings());
            Append(log, "raw", 0, "k"u8.ToArray(), "plain"u8.ToArray());
            Append(log, "raw", 0, null, "12"u8.ToArray());
            Append(log, "raw", 0, [255], "{\"a\":1}"u8.ToArray());
            Append(log, "raw", 0, "k"u8.ToArray(), null);
            Append(log, "raw", 0, [], []);
        });

        ToolResult result = (await RunAsync("export", "raw", "--format", "csv")).MustSucceed();

        const string time = "1970-01-01T00:16:40.000Z";
        Assert.Equal(
            [
                "partition,offset,timestamp,key,headers,value",
                $"0,0,{time},k,,plain",
                $"0,1,{time},,,12",
                $"0,2,{time},\"{{\"\"base64\"\":\"\"/w==\"\"}}\",,\"{{\"\"a\"\":1}}\"",
                $"0,3,{time},k,,",
                $"0,4,{time},\"\"\"\"\"\",,\"\"\"\"\"\"",
            ],
            result.Lines);
    }

    [Fact]
    public async Task An_import_with_a_name_goes_on_where_it_was_killed()
    {
        Prepare(log => log.CreateTopic("raw", new TopicSettings()));
        string[] lines = ["{\"value\":\"a\"}", "{\"value\":\"b\"}", "{\"value\":\"c\"}", "{\"value\":\"d\"}", "{\"value\":\"e\"}"];
        string all = string.Join('\n', lines);
        (await RunWithInputAsync(string.Join('\n', lines.Take(4)) + "\nnonsense", "import", "raw", "--name", "load", "--commit-every", "2")).MustFail(1, "line 5: this is not JSON, at byte 2; expected {\"value\":…}; 4 records before line 5 were imported: mend it, and go on with --from-line 5");

        ToolResult second = (await RunWithInputAsync(all, "import", "raw", "--name", "load")).MustSucceed();
        ToolResult third = (await RunWithInputAsync(all, "import", "raw", "--name", "load")).MustSucceed();

        Assert.Contains("1 records imported to 'raw', from line 5 on", second.Error, StringComparison.Ordinal);
        Assert.Contains("0 records imported to 'raw', from line 6 on", third.Error, StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c", "d", "e"], (await RunAsync("consume", "raw")).Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("value").GetString()));
        Prepare(log => Commit(log, "readers", ""));
        (await RunWithInputAsync(all, "import", "raw", "--name", "readers")).MustFail(1, "'readers' is a group of consumers of 'raw': choose another name for the import");
    }

    [Fact]
    public async Task Records_with_a_schema_come_back_too()
    {
        Prepare(log => Append<Stock, StockCodec>(log, "stock", new TopicSettings(2, TopicCleanup.Compact), new Stock("a", 1, 10), new Stock("b", 2, -5)));
        string exported = (await RunAsync("export", "stock", "--format", "csv")).MustSucceed().Output;

        (await RunWithInputAsync(exported, "import", "stock", "--format", "csv")).MustSucceed();

        Assert.Equal(4, ReadAll<Stock, StockCodec>("stock").Count);
        Assert.Equal(2, ReadAll<Stock, StockCodec>("stock").Distinct().Count());
    }

    [Fact]
    public async Task Sensitive_members_are_exported_only_masked_and_on_demand()
    {
        PrepareOrders(new Order("a", 1, At(0), "a@b.example"));

        (await RunAsync("export", "orders")).MustFail(1, "'email' of topic 'orders' is sensitive and would be masked: say --masked, or use 'flow backup', which keeps it");
        Assert.DoesNotContain("a@b.example", (await RunAsync("export", "orders", "--masked")).MustSucceed().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_line_is_named_and_the_import_goes_on_from_there()
    {
        Prepare(log => log.CreateTopic("raw", new TopicSettings()));
        string[] lines = ["{\"value\":\"a\"}", "{\"value\":\"b\"}", "{\"value\":\"c\"}", "nonsense", "{\"value\":\"e\"}"];

        ToolResult failed = await RunWithInputAsync(string.Join('\n', lines), "import", "raw", "--commit-every", "2");
        failed.MustFail(1, "line 4: this is not JSON, at byte 2; expected {\"value\":…}; 2 records before line 3 were imported: mend it, and go on with --from-line 3");

        lines[3] = "{\"value\":\"d\"}";
        (await RunWithInputAsync(string.Join('\n', lines), "import", "raw", "--from-line", "3")).MustSucceed();
        Assert.Equal(["a", "b", "c", "d", "e"], (await RunAsync("consume", "raw")).Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("value").GetString()));
    }

    private void PrepareReadings(int count) => Prepare(log =>
    {
        log.CreateTopic("raw", new TopicSettings());
        for (int i = 0; i < count; i++)
            Append(log, "raw", 0, null, new byte[100]);
    });

    private string Damage(int position)
    {
        string segment = Directory.GetFiles(Path.Combine(LogDirectory, "topics", "raw", "0"), "*.segment").Order(StringComparer.Ordinal).First();
        byte[] bytes = File.ReadAllBytes(segment);
        bytes[position] ^= 1;
        File.WriteAllBytes(segment, bytes);
        return segment;
    }

    private static void AppendWithHeaders(FlowLog log)
    {
        var batch = new BatchBuilder();
        batch.BeginRecord(2_000_000);
        batch.EndKey(isNull: true);
        batch.EndValue(isNull: false);
        batch.AddHeader("twice", "a"u8);
        batch.AddHeader("twice", [255]);
        batch.AddHeader("empty", []);
        batch.AddNullHeader("null");
        batch.EndRecord();
        using LogTransaction transaction = log.BeginTransaction();
        transaction.Append("raw", 0, batch);
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }

    private static void Commit(FlowLog log, string group, string metadata)
    {
        using LogTransaction transaction = log.BeginTransaction();
        transaction.SetOffset(group, "raw", 0, 1, metadata);
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }

    private static void AppendAt(FlowLog log, long timestamp) => Append(log, "raw", 0, null, [], timestamp);

    private static void Append(FlowLog log, string topic, int partition, byte[]? key, byte[]? value, long timestamp = 1_000_000)
    {
        var batch = new BatchBuilder();
        batch.Add(timestamp, key, key is null, value, value is null);
        using LogTransaction transaction = log.BeginTransaction();
        transaction.Append(topic, partition, batch);
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }
}
