using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Batches;

/// <summary>Records that are not written to their end, or in another order, come into no batch that anybody takes.</summary>
public sealed class UnfinishedRecordTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FlowLog _log;
    private readonly BatchBuilder _batch = LogTestExtensions.Batch("whole");

    public UnfinishedRecordTests()
    {
        _log = FlowLog.Open(_directory.Path);
        _log.CreateTopic("t", new TopicSettings());
    }

    public static TheoryData<string, string> Orders => new()
    {
        { "key", nameof(BatchBuilder.EndKey) },
        { "value", nameof(BatchBuilder.EndValue) },
        { "end", nameof(BatchBuilder.EndRecord) },
        { "header", nameof(BatchBuilder.AddHeader) },
        { "begin value", nameof(BatchBuilder.EndValue) },
        { "begin end", nameof(BatchBuilder.EndRecord) },
        { "begin key key", nameof(BatchBuilder.EndKey) },
        { "begin key end", nameof(BatchBuilder.EndRecord) },
        { "begin key header", nameof(BatchBuilder.AddHeader) },
        { "begin key value value", nameof(BatchBuilder.EndValue) },
        { "begin begin", "begun and not ended" },
        { "begin key value header add", "begun and not ended" },
        { "data begin", "belong to no record" },
        { "data add", "belong to no record" },
    };

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Another_order_of_calls_is_refused_and_what_was_there_is_kept(string calls, string says)
    {
        string[] all = calls.Split(' ');
        foreach (string call in all[..^1])
            Do(call);
        Assert.Contains(says, Assert.Throws<InvalidOperationException>(() => Do(all[^1])).Message, StringComparison.Ordinal);

        if (!calls.StartsWith("data", StringComparison.Ordinal))
        {
            _batch.AbandonRecord();
            Assert.Equal(["whole"], Sent());
        }
    }

    [Theory]
    [InlineData("begin")]
    [InlineData("begin data")]
    [InlineData("begin key data")]
    [InlineData("begin key value")]
    [InlineData("begin key value header")]
    [InlineData("data")]
    public async Task A_batch_with_a_record_that_has_not_ended_is_refused(string calls)
    {
        foreach (string call in calls.Split(' '))
            Do(call);
        await using (var producer = _log.CreateProducer())
        {
            Assert.Throws<InvalidOperationException>(() => producer.Send("t", 0, _batch));
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await producer.SendAsync("t", 0, _batch));
        }

        using (var transaction = _log.BeginTransaction())
            Assert.Throws<InvalidOperationException>(() => transaction.Append("t", 0, _batch));

        Assert.Empty(_log.ReadAll("t", 0));
    }

    [Theory]
    [InlineData(70_000, typeof(ArgumentException))]
    [InlineData(-1, typeof(System.Text.EncoderFallbackException))]
    public void A_header_whose_name_is_refused_leaves_the_record_as_it_was(int length, Type refused)
    {
        _batch.BeginRecord(1);
        _batch.EndKey(isNull: true);
        _batch.Data.Write("value"u8);
        _batch.EndValue();
        _batch.AddHeader("a", [1]);
        Assert.Throws(refused, () => _batch.AddHeader(length < 0 ? "\ud800" : new string('n', length), [2]));
        _batch.AddHeader("b", [3]);
        _batch.EndRecord();

        Assert.Equal(["whole", "value"], Sent());
        using var reader = _log.OpenReader("t", 0, 0);
        Assert.True(reader.TryRead(out var stored));
        Assert.Equal(2, stored[1].Headers.Count);
    }

    private List<string> Sent()
    {
        using (var producer = _log.CreateProducer())
            producer.Send("t", 0, _batch);
        return _log.ReadAll("t", 0);
    }

    private void Do(string call)
    {
        switch (call)
        {
            case "begin":
                _batch.BeginRecord(1);
                break;
            case "key":
                _batch.EndKey();
                break;
            case "value":
                _batch.EndValue();
                break;
            case "header":
                _batch.AddHeader("name", [1]);
                break;
            case "end":
                _batch.EndRecord();
                break;
            case "add":
                _batch.Add(1, [1], false, [2], false);
                break;
            default:
                _batch.Data.WriteInt32(1);
                break;
        }
    }
}
