using System.Text;
using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Storage;
using Flowgen.Log.Tests.Support;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests;

/// <summary>
/// What records hold may be secret: it is in no exception, no event, no report and no text of an object. A canary in keys, values and headers
/// is looked for in all that the log says while everything goes wrong.
/// </summary>
public sealed class SecretsTests
{
    private const string Canary = "canary-7f3a91";
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(Canary);
    private readonly List<string> _said = [];
    private readonly ManualTime _time = new();
    private readonly SimulatedFileSystem _disk = new();

    [Fact]
    public void What_is_refused_is_not_repeated()
    {
        using var log = Open();
        log.CreateTopic("t", new TopicSettings());
        log.CreateTopic("keyed", new TopicSettings(Cleanup: TopicCleanup.Compact));
        log.CreateTopic("gone", new TopicSettings());

        Provoke<RecordTooLargeException>(() => Append(log, "t", Long(2_000)));
        Provoke<RecordTooLargeException>(() => Send(log, new ProducerRecord("t") { Value = Long(2_000) }));
        Provoke<InvalidRecordException>(() => Append(log, "keyed", Secret));
        Provoke<InvalidRecordException>(() => Send(log, new ProducerRecord("keyed") { Value = Secret }));
        Provoke<UnknownTopicException>(() => Send(log, new ProducerRecord("unknown") { Key = Secret, Value = Secret }));
        Provoke<TopicDeletedException>(() =>
        {
            using var transaction = log.BeginTransaction();
            transaction.Append("gone", 0, Batch(Secret));
            log.DeleteTopic("gone");
            transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
        });
        Provoke<OutOfOrderSequenceException>(() =>
        {
            using var transaction = log.BeginTransaction();
            transaction.Append("t", 0, Batch(Secret), new ProducerStamp(5, 0, 9));
            transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
        });
        Provoke<TransactionTooLargeException>(() => InTransaction(log, producer =>
        {
            for (int i = 0; i < 100; i++)
                producer.Send(new ProducerRecord("t") { Key = Secret, Value = Long(900) });
        }));
        Provoke<ProducerFencedException>(() => InTransaction(log, producer =>
        {
            producer.Send(new ProducerRecord("t") { Key = Secret, Value = Secret });
            using var newer = log.CreateProducer(new ProducerOptions { TransactionalId = "id" });
            newer.InitTransactions();
        }));

        AssertIsNotSaid();
    }

    [Fact]
    public void What_the_disk_does_not_take_is_not_repeated()
    {
        using var log = Open();
        log.CreateTopic("t", new TopicSettings());

        _disk.CapacityInPages = _disk.AllocatedPages;
        Provoke<DiskFullException>(() =>
        {
            for (int i = 0; i < 1_000; i++)
                Append(log, "t", Long(900));
        });
        _disk.CapacityInPages = int.MaxValue;
        _disk.Fault = new Fault(_disk.Operations, FaultKind.IoError, ForEver: true);
        Provoke<FlowLogException>(() => Append(log, "t", Secret));
        _said.Add(log.Health.ToString());
        _said.AddRange(log.HousekeepingFailures.Select(f => f.ToString()));

        AssertIsNotSaid();
    }

    [Theory]
    [InlineData(TopicCompression.Uncompressed)]
    [InlineData(TopicCompression.Lz4)]
    public void What_is_damaged_is_not_repeated(TopicCompression compression)
    {
        using (var log = Open())
        {
            log.CreateTopic("t", new TopicSettings(Cleanup: TopicCleanup.Compact) { Compression = compression, MinDirtyRatio = 0 });
            for (int i = 0; i < 3; i++)
                Append(log, "t", Long(900), Secret);
        }

        string path = _disk.Entries.First(e => e.Path.EndsWith(LogLayout.SegmentSuffix, StringComparison.Ordinal)).Path;
        var good = _disk.Entries.Single(e => e.Path == path).Content!;
        for (long at = 0; at < good.Length; at += 7)
        {
            foreach (bool sealsAgain in (bool[])[false, true])
            {
                _disk.Plant(path, Damaged(good, at, sealsAgain));
                Read();
            }
        }

        AssertIsNotSaid();
    }

    [Fact]
    public void Records_do_not_show_what_they_hold()
    {
        using var log = Open();
        log.CreateTopic("t", new TopicSettings());
        using var producer = log.CreateProducer();
        var record = new ProducerRecord("t") { Key = Secret, Value = Secret, Headers = [new RecordHeader("h", Secret)] };
        var sent = producer.Send(record);
        producer.Flush();
        using var consumer = log.CreateConsumer(new ConsumerOptions { AutoOffsetReset = AutoOffsetReset.Earliest });
        consumer.Assign(new TopicPartition("t", 0));
        Assert.True(consumer.TryConsume(out var consumed));
        Assert.Equal((Canary, Canary), (consumed.KeyText, consumed.ValueText));

        _said.AddRange([record.ToString(), $"{sent}", consumed.ToString(), record.Headers[0].ToString(), consumed.Headers[0].ToString()]);

        Assert.Equal($"t-0, offset 0: key of {Secret.Length} bytes, value of {Secret.Length} bytes, 1 headers", consumed.ToString());
        AssertIsNotSaid();
    }

    private FlowLog Open() => FlowLog.Open("/log", Options, new AfterKill(_disk), CommitMode.Inline);

    private FlowLogOptions Options => new()
    {
        SegmentBytes = 1024,
        MaxRecordBytes = 1_500,
        TimeProvider = _time,
        OnEvent = e => _said.Add($"{e} {e.Cause}"),
    };

    // Everything that looks at a damaged log.
    private void Read()
    {
        var disk = _disk.Restart(Loss.Nothing, seed: 0);
        _said.AddRange(FlowLog.Verify("/log", disk).Findings.Select(f => f.ToString()));
        var salvaged = FlowLog.Salvage("/log", "/salvaged", disk);
        _said.AddRange(salvaged.Findings.Select(f => f.ToString()).Concat(salvaged.Lost.Select(l => l.ToString())));
        try
        {
            using var log = FlowLog.Open("/log", Options, disk, CommitMode.Inline);
            log.Housekeeper.RunOnce();
            _said.AddRange(log.HousekeepingFailures.Select(f => f.ToString()));
            log.ReadAll("t", 0);
        }
        catch (FlowLogException e)
        {
            _said.Add(e.ToString());
        }
    }

    private void Provoke<TException>(Action action)
        where TException : Exception => _said.Add(Assert.ThrowsAny<TException>(action).ToString());

    private void AssertIsNotSaid()
    {
        Assert.NotEmpty(_said);
        string[] forms = [Canary, Convert.ToHexString(Secret), Convert.ToHexStringLower(Secret), Convert.ToBase64String(Secret)[..^2], string.Join(", ", Secret), BitConverter.ToString(Secret)];
        Assert.All(_said, text => Assert.DoesNotContain(forms, form => text.Contains(form, StringComparison.OrdinalIgnoreCase)));
    }

    private static void InTransaction(FlowLog log, Action<Producer> send)
    {
        using var producer = log.CreateProducer(new ProducerOptions { TransactionalId = "id", MaxTransactionBytes = 64 << 10 });
        producer.InitTransactions();
        producer.BeginTransaction();
        send(producer);
        producer.CommitTransaction();
    }

    private static void Send(FlowLog log, ProducerRecord record)
    {
        using var producer = log.CreateProducer();
        producer.Send(record with { Headers = [new RecordHeader("h", Secret)] }).Committed.GetAwaiter().GetResult();
    }

    private static void Append(FlowLog log, string topic, ReadOnlySpan<byte> value, byte[]? key = null)
    {
        using var transaction = log.BeginTransaction();
        transaction.Append(topic, 0, Batch(value, key));
        transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
    }

    private static BatchBuilder Batch(ReadOnlySpan<byte> value, byte[]? key = null)
    {
        var batch = new BatchBuilder();
        batch.BeginRecord(1_000);
        batch.Data.Write(key ?? []);
        batch.EndKey(key is null);
        batch.Data.Write(value);
        batch.EndValue(isNull: false);
        batch.AddHeader("h", Secret);
        batch.EndRecord();
        return batch;
    }

    private static byte[] Long(int length) => [.. Enumerable.Repeat(Secret, (length / Secret.Length) + 1).SelectMany(b => b).Take(length)];

    // A changed byte; the CRC of the first batch is made right again, so that the decoder meets what is behind it.
    private static PagedContent Damaged(PagedContent good, long at, bool sealsAgain)
    {
        byte[] bytes = good.ToArray();
        bytes[at] ^= 0x55;
        var batch = bytes.AsSpan(SegmentHeader.Size);
        if (sealsAgain && BatchHeader.Defect(batch, batch.Length) is null)
        {
            batch = batch[..BatchHeader.Length(batch)];
            BitConverter.TryWriteBytes(batch[BatchFormat.CrcAt..], Crc32C.Compute(batch[BatchFormat.CrcStart..]));
        }

        return PagedContent.Of(bytes);
    }
}
