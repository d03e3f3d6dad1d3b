using System.Text;
using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>Records that cannot be decoded, and records on which a step throws.</summary>
public sealed class PoisonTests
{
    private const int Records = 300;

    public static TheoryData<ErrorAction> Leaving => [ErrorAction.Skip, ErrorAction.DeadLetter];

    [Fact]
    public async Task Bytes_that_cannot_be_decoded_stop_the_app_and_are_named()
    {
        TestApp app = new(new MemoryLog());
        await WritePhrasesAsync(app, bad: 7);

        RecordFormatException failed = await Assert.ThrowsAsync<RecordFormatException>(() => app.RunToEndAsync(Echoed));

        Assert.Contains("at phrases/0, offset 7 cannot be read", failed.Message, StringComparison.Ordinal);
        Assert.Empty(app.Read<Phrase, PhraseCodec>("echoes"));
    }

    [Theory]
    [MemberData(nameof(Leaving))]
    public async Task Bytes_that_cannot_be_decoded_are_left_out_and_counted(ErrorAction action)
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await WritePhrasesAsync(app, 0, 7, 8, Records - 1);
        await using FlowEngine engine = app.Engine(Echoed, new FlowEngineOptions { OnError = action });

        await engine.RunToEndAsync();

        Assert.Equal(Records - 4, app.Read<Phrase, PhraseCodec>("echoes").Count);
        Assert.Equal(4, engine.GetStatistics().Inputs.Sum(input => input.LeftOut));
        Assert.Equal(Records, log.GetCommitted(TestApp.Name, "phrases", 0)!.Value.Offset);
        List<string> dead = action == ErrorAction.Skip ? [] : DeadLetters.Read(log, "echo.dead");
        Assert.Equal(action == ErrorAction.Skip ? [] : ["key 0", "key 7", "key 8", $"key {Records - 1}"], dead.Select(letter => letter.Split('|')[0]));
        Assert.All(dead, letter => Assert.Contains("|FFFF|trace=kept,flowgen.topic=phrases,flowgen.partition=0,flowgen.offset=", letter, StringComparison.Ordinal));
        Assert.All(dead, letter => Assert.Contains("flowgen.error=Flowgen.Runtime.RecordFormatException", letter, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Leaving))]
    public async Task Records_without_a_schema_are_left_out(ErrorAction action)
    {
        MemoryLog log = new();
        TestApp app = new(log);
        await app.WriteAsync<Phrase, PhraseCodec>("phrases", 1, [new Phrase("good", null)]);
        BatchBuilder raw = new();
        raw.StartVariable(schemaId: 0);
        raw.Add(5, "key"u8, false, [1, 2, 3], false);
        raw.Add(6, [], true, [4], false);
        await AppendAsync(log, "phrases", raw);

        await app.RunToEndAsync(Echoed, new FlowEngineOptions { OnError = action });

        Assert.Single(app.Read<Phrase, PhraseCodec>("echoes"));
        if (action == ErrorAction.DeadLetter) Assert.Equal(["key|010203", "(null)|04"], DeadLetters.Read(log, "echo.dead").Select(letter => string.Join('|', letter.Split('|')[..2])));
    }

    [Theory]
    [MemberData(nameof(Leaving))]
    public async Task A_record_on_which_a_step_throws_is_found_and_left_out(ErrorAction action)
    {
        MemoryLog log = new();
        TestApp app = new(log);
        List<Bid> bids = Bids.Make(2_000);
        int[] bad = [0, 1, 700, 701, 1_500, 1_999];
        foreach (int index in bad) bids[index] = bids[index] with { Price = -1 - index };
        await app.WriteBidsAsync(3, bids);
        await using FlowEngine engine = app.Engine(BoundedRunTests.Doubled, new FlowEngineOptions { OnError = action, CommitEvery = TimeSpan.FromMilliseconds(1) });

        await engine.RunToEndAsync();

        Assert.Equal(bids.Where(bid => bid.Price >= 0).Select(bid => bid with { Price = bid.Price * 2 }).OrderBy(bid => bid.ToString(), StringComparer.Ordinal), app.Read<Bid, BidCodec>("doubled").OrderBy(bid => bid.ToString(), StringComparer.Ordinal));
        List<string> dead = action == ErrorAction.Skip ? [] : DeadLetters.Read(log, "doubling.dead");
        Assert.Equal(action == ErrorAction.Skip ? 0 : bad.Length, dead.Count);
        Assert.All(dead, letter => Assert.Contains("flowgen.stage=doubling,flowgen.step=Double,flowgen.error=System.FormatException,flowgen.message=A price is not negative.", letter, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Dead_letters_and_offsets_are_one_commit_however_often_the_app_is_dropped(int seed)
    {
        Random random = new(seed);
        MemoryLog log = new();
        TestApp app = new(log);
        List<Bid> bids = Bids.Make(3_000);
        for (int i = 0; i < bids.Count; i += 97) bids[i] = bids[i] with { Price = -1 - i };
        await app.WriteBidsAsync(3, bids, batch: 50);
        FlowEngineOptions options = new() { OnError = ErrorAction.DeadLetter, CommitEvery = TimeSpan.FromMilliseconds(1), MaxEpochBytes = 4_000 };
        for (int life = 0; life < 10; life++)
        {
            int commits = random.Next(1, 8);
            HookedLog killed = new(log) { BeforeCommit = () => commits-- > 0 ? ValueTask.CompletedTask : throw new IOException("Killed.") };
            await using FlowEngine engine = new TestApp(killed).Engine(BoundedRunTests.Doubled, options);
            if (await Record.ExceptionAsync(() => engine.RunToEndAsync()) is { } failed) Assert.IsType<IOException>(failed);
        }

        await app.RunToEndAsync(BoundedRunTests.Doubled, options);

        Assert.Equal(bids.Where(bid => bid.Price >= 0).Select(bid => bid with { Price = bid.Price * 2 }).OrderBy(bid => bid.ToString(), StringComparer.Ordinal), app.Read<Bid, BidCodec>("doubled").OrderBy(bid => bid.ToString(), StringComparer.Ordinal));
        List<string> dead = [.. DeadLetters.Read(log, "doubling.dead").Select(letter => letter.Split('|')[1])];
        Assert.Equal(bids.Count(bid => bid.Price < 0), dead.Count);
        Assert.Equal(dead.Count, dead.Distinct().Count());
    }

    [Fact]
    public async Task Behind_each_bad_record_is_a_commit_so_that_the_next_one_does_not_bring_all_back()
    {
        TestApp app = new(new MemoryLog());
        int[] bad = [.. Enumerable.Range(0, 20).Select(i => 100 * i)];
        List<Bid> bids = [.. Enumerable.Range(0, 2_000).Select(i => new Bid(1, 1, bad.Contains(i) ? -1 - i : 1 + i, i))];
        await app.WriteBidsAsync(1, bids, batch: 10);
        int commits = 0;
        int reads = 0;
        HookedLog counted = new(app.Log)
        {
            BeforeCommit = () =>
            {
                Interlocked.Increment(ref commits);
                return ValueTask.CompletedTask;
            },
            BeforeRead = () => Interlocked.Increment(ref reads),
        };

        await new TestApp(counted).RunToEndAsync(BoundedRunTests.Doubled, new FlowEngineOptions { OnError = ErrorAction.Skip, CommitEvery = TimeSpan.FromHours(1) });

        Assert.Equal(bids.Count - bad.Length, app.Read<Bid, BidCodec>("doubled").Count);
        Assert.InRange(commits, bad.Length, int.MaxValue);
        Assert.InRange(reads, 200, 2_000); // all of it for each bad record would be more than 4,000
    }

    [Theory]
    [InlineData(null)]
    [InlineData(5_000)]
    public async Task A_dead_letter_that_is_larger_than_a_record_may_be_stops_nothing(int? limit)
    {
        using LogDirectory directory = new(new FlowLogOptions { Durability = Durability.OsBuffered, MaxRecordBytes = 10_000 });
        EmbeddedLog log = new(directory.Log);
        TestApp app = new(log);
        if (limit is not null) directory.Log.CreateTopic("echo.dead", new TopicSettings { MaxRecordBytes = limit });
        log.EnsureTopic(new TopicDeclaration("phrases", 1));
        BatchBuilder large = new();
        large.StartVariable(schemaId: 0);
        large.Add(5, "key"u8, false, new byte[9_950], false);
        await AppendAsync(log, "phrases", large);
        await app.WriteAsync<Phrase, PhraseCodec>("phrases", 1, [new Phrase("good", null)]);

        await app.RunToEndAsync(Echoed, new FlowEngineOptions { OnError = ErrorAction.DeadLetter });

        Assert.Single(app.Read<Phrase, PhraseCodec>("echoes"));
        string[] letter = Assert.Single(DeadLetters.Read(log, "echo.dead")).Split('|');
        Assert.Equal(limit is null ? ("key", 2 * 9_950) : ("", 0), (letter[0], letter[1].Length));
        Assert.Equal(limit is not null, letter[2].StartsWith("flowgen.dropped=key, value (9950 bytes) and headers,flowgen.topic=phrases,", StringComparison.Ordinal));
    }

    private static void Echoed(AppBuilder app) => BoundedRunTests.Echoed(app, 1);

    private static async Task WritePhrasesAsync(TestApp app, params int[] bad)
    {
        app.Log.EnsureTopic(new TopicDeclaration("phrases", 1));
        BatchBuilder builder = new();
        builder.StartVariable(app.Log.RegisterSchema("phrases", PhraseCodec.Schema.ToJson()));
        for (int i = 0; i < Records; i++)
        {
            builder.BeginRecord(i);
            builder.Data.Write(Encoding.UTF8.GetBytes($"key {i}"));
            builder.EndKey();
            if (bad.Contains(i)) builder.Data.Write([0xFF, 0xFF]);
            else PhraseCodec.Write(new Phrase($"phrase {i}", null), builder.Data);
            builder.EndValue();
            builder.AddHeader("trace", "kept"u8);
            builder.EndRecord();
        }

        await AppendAsync(app.Log, "phrases", builder);
    }

    private static async Task AppendAsync(IEngineLog log, string topic, BatchBuilder batch)
    {
        using IEngineTransaction transaction = log.BeginTransaction();
        transaction.Append(topic, 0, batch);
        await transaction.CommitAsync();
    }
}
