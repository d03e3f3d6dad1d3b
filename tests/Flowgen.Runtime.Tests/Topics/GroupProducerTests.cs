using System.Globalization;
using Flowgen.Log;
using Flowgen.Log.Commits;
using Flowgen.Runtime.Tests.Engine;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Runtime.Tests.Topics;

public sealed class GroupProducerTests
{
    [Fact]
    public async Task A_record_that_is_too_large_fails_alone()
    {
        using LogDirectory directory = new();
        directory.Log.EnsureTopic("notes", new TopicSettings(Partitions: 1) { MaxRecordBytes = 1_000 });
        await using GroupProducer<Note, NoteCodec> producer = new(directory.Log, "notes", TimeProvider.System);

        Task first = producer.SendAsync(new Note("first"));
        RecordTooLargeException refused = Assert.Throws<RecordTooLargeException>(() => producer.SendAsync(new Note(new string('x', 2_000))).Wait(0));
        Task second = producer.SendAsync(new Note("second"));
        await Task.WhenAll(first, second);

        Assert.Contains("at most 1000 bytes", refused.Message, StringComparison.Ordinal);
        using TopicReader<Note, NoteCodec> reader = new(directory.Log, "notes");
        Assert.Equal([new Note("first"), new Note("second")], reader.ReadToEnd());
    }

    [Fact]
    public async Task What_waits_is_bounded_by_bytes_and_all_of_it_is_committed()
    {
        using LogDirectory directory = new();
        directory.Log.EnsureTopic("notes", new TopicSettings(Partitions: 1));
        await using GroupProducer<Note, NoteCodec> producer = new(directory.Log, "notes", TimeProvider.System);
        string large = new('x', 500_000);

        for (int i = 0; i < 100; i++) _ = producer.SendAsync(new Note(large)); // 50 MB: one batch of them would be refused
        await producer.FlushAsync();

        Assert.Equal(100, directory.Log.DescribePartition("notes", 0).Records);
    }

    [Fact]
    public async Task Closing_waits_for_what_was_sent_last()
    {
        using LogDirectory directory = new();
        directory.Log.EnsureTopic("notes", new TopicSettings(Partitions: 1));
        GroupProducer<Note, NoteCodec> producer = new(directory.Log, "notes", TimeProvider.System);
        Task sent = producer.SendAsync(new Note("last"));

        await producer.DisposeAsync();

        Assert.True(sent.IsCompletedSuccessfully);
        Assert.Throws<ObjectDisposedException>(() => producer.SendAsync(new Note("late")).Wait(0));
    }

    [Fact]
    public async Task Without_room_a_sender_is_not_blocked_and_records_keep_their_order()
    {
        using FlowLog log = FlowLog.Open("/log", new FlowLogOptions(), new SimulatedFileSystem(), CommitMode.Inline);
        log.EnsureTopic("notes", new TopicSettings(Partitions: 1));
        await using GroupProducer<Note, NoteCodec> producer = new(log, "notes", TimeProvider.System);
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        log.Pipeline.RunOnTheCallersThread(CommitMode.Manual);
        log.Pipeline.WriteWanted = () => begun.TrySetResult();
        string large = new('x', 500_000);

        List<Task> sent = [.. Enumerable.Range(0, 60).Select(i => producer.SendAsync(new Note($"{i} {large}")))]; // nothing is committed: this would wait for ever
        Assert.DoesNotContain(sent, task => task.IsCompleted);
        await begun.Task;
        log.Pipeline.RunOnTheCallersThread(CommitMode.Inline);
        while (log.Pipeline.WriteNext() | log.Pipeline.CommitNext())
        {
            // The first commit; the others are done by who submits them.
        }

        await Task.WhenAll(sent);
        using TopicReader<Note, NoteCodec> reader = new(log, "notes");
        Assert.Equal(Enumerable.Range(0, 60), reader.ReadToEnd().Select(note => int.Parse(note.Text.Split(' ')[0], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Records_for_a_topic_that_is_gone_fail_and_those_for_a_new_one_of_its_name_do_not()
    {
        using LogDirectory directory = new();
        directory.Log.EnsureTopic("notes", new TopicSettings(Partitions: 1));
        GroupProducer<Note, NoteCodec> producer = new(directory.Log, "notes", TimeProvider.System);
        await producer.SendAsync(new Note("first"));
        directory.Log.DeleteTopic("notes");

        for (int i = 0; i < 3; i++) await Assert.ThrowsAnyAsync<FlowLogException>(() => producer.SendAsync(new Note("lost")));

        directory.Log.EnsureTopic("notes", new TopicSettings(Partitions: 3));
        directory.Log.RegisterSchema("notes", "other"u8); // so that the shape of notes has another number
        for (int i = 0; i < 2; i++) await Assert.ThrowsAsync<TopicDeletedException>(() => producer.SendAsync(new Note("lost")));
        await producer.SendAsync(new Note("second"));
        using TopicReader<Note, NoteCodec> reader = new(directory.Log, "notes");
        Assert.Equal([new Note("second")], reader.ReadToEnd());
        await producer.DisposeAsync();
    }

    [Fact]
    public async Task A_flush_fails_once_if_records_that_nobody_awaits_could_not_be_committed()
    {
        using LogDirectory directory = new();
        directory.Log.EnsureTopic("notes", new TopicSettings(Partitions: 1));
        await using GroupProducer<Note, NoteCodec> producer = new(directory.Log, "notes", TimeProvider.System);
        directory.Log.DeleteTopic("notes");
        Task sent = producer.SendAsync(new Note("lost"));

        FlowLogException failed = await Assert.ThrowsAsync<FlowLogException>(producer.FlushAsync);

        Assert.Same(failed.InnerException, sent.Exception!.InnerException);
        Assert.Contains("'notes'", failed.Message, StringComparison.Ordinal);
        await producer.FlushAsync();
    }
}
