using Flowgen.Log.Commits;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>The kinds of steps. A feature of the log is a few lines here: what is done, and what it changes in the model.</summary>
internal static partial class Take
{
    /// <summary>The process closes the log and opens it again.</summary>
    public static Step Close { get; } = new("close and open", run =>
    {
        run.Log.Dispose();
        run.Open();
    });

    /// <summary>The process is killed, and the next one opens the log.</summary>
    public static Step Kill { get; } = new("kill and open", run => run.Open());

    /// <summary>The segments whose bytes former commit files hold are synced, and those files go.</summary>
    public static Step WriteBack { get; } = new("write back", run => run.Log.Pipeline.WriteBackNext());

    public static Step Create(string topic, TopicSettings settings) =>
        new($"create {topic}", run => run.Log.EnsureTopic(topic, settings), model => model.Create(topic, settings));

    /// <summary>Retention, compaction and whatever else runs in the background. How far they get is theirs; what they may not touch the model knows.</summary>
    public static Step Housekeep(TimeSpan passed) => new(
        $"after {passed}: run everything in the background",
        run =>
        {
            run.Time.Advance(passed);
            run.Log.Housekeeper.RunOnce();
        },
        model => model.Housekeep(passed));

    public static Step RegisterSchema(string topic, params byte[] schema) =>
        new($"register a schema of {topic}", run => run.Log.RegisterSchema(topic, schema), model => model.Topics[topic].Schemas.Add(Convert.ToHexString(schema)));

    public static Step Append(string topic, int partition, params ModelRecord[] records) => Transaction(new TransactionContent().Append(topic, partition, records));

    public static Step SetOffset(string group, string topic, int partition, long offset, string metadata = "") =>
        Transaction(new TransactionContent().SetOffset(group, topic, partition, offset, metadata));

    public static Step Transaction(TransactionContent content) =>
        new("commit a transaction", run => content.Submit(run.Log).GetAwaiter().GetResult(), content.Effect);

    /// <summary>A transaction of stamped batches only. Whoever has sent it sends it again after a crash, because nobody knows whether it came about.</summary>
    public static Step Stamped(TransactionContent content) => new(
        "commit stamped batches",
        run =>
        {
            run.Retry = content;
            content.Submit(run.Log).GetAwaiter().GetResult();
        },
        content.Effect);

    public static Step Abort(string topic, int partition, params ModelRecord[] records) =>
        new("abort a transaction", run => new TransactionContent().Append(topic, partition, records).Begin(run.Log).Dispose());

    public static Step DeleteBefore(string topic, int partition, long offset) => new(
        $"delete the records of {topic}-{partition} before {offset}",
        run => run.Log.DeleteRecordsBefore(topic, partition, offset),
        model => model.Partition(topic, partition).DeleteBefore(Math.Min(offset, model.Partition(topic, partition).NextOffset)));

    public static Step Alter(string topic, TopicSettings settings) =>
        new($"alter {topic}", run => run.Log.AlterTopic(topic, settings), model => model.Alter(topic, settings));

    public static Step Delete(string topic) => new(
        $"delete {topic}",
        run =>
        {
            if (run.Log.TryDescribeTopic(topic, out _)) // taken again, it may be gone
                run.Log.DeleteTopic(topic);
        },
        model => model.Delete(topic));

    public static Step DeleteGroup(string group) => new(
        $"delete {group}",
        run =>
        {
            if (run.Log.ListGroups().Contains(group))
                run.Log.DeleteGroup(group);
        },
        model => model.DeleteOffsets(o => o.Group == group));

    public static Step DeleteGroupOffset(string group, string topic, int partition) => new(
        $"delete the offset of {group} in {topic}-{partition}",
        run => run.Log.DeleteGroupOffsets(group, new TopicPartition(topic, partition)),
        model => model.DeleteOffsets(o => o == (group, topic, partition)));

    /// <summary>All are written, then they share one commit.</summary>
    public static Step Together(params TransactionContent[] transactions) => new(
        $"commit {transactions.Length} transactions together",
        run =>
        {
            foreach (var commit in SubmitTogether(run, transactions))
                run.Settle(commit);
        },
        [.. transactions.Select(t => (Action<LogModel>)t.Effect)]);

    /// <summary>While one is made durable, the next one is written.</summary>
    public static Step Overlapping(params TransactionContent[] transactions) => new(
        $"commit {transactions.Length} transactions that overlap",
        run =>
        {
            var log = run.Log;
            log.Pipeline.RunOnTheCallersThread(CommitMode.Manual);
            var current = SubmitAndWrite(log, transactions[0]);
            for (int i = 1; i <= transactions.Length; i++)
            {
                Task? next = null;
                var following = i < transactions.Length ? transactions[i] : null;
                run.Disk.DuringSync = _ =>
                {
                    run.Disk.DuringSync = _ => { };
                    next = following is null ? null : SubmitAndWrite(log, following);
                };
                log.Pipeline.CommitNext();
                log.Pipeline.RollBackIfWanted();
                run.Disk.DuringSync = _ => { };
                run.Settle(current);
                if (following is not null)
                    current = next ?? SubmitAndWrite(log, following); // a transaction that has failed is not synced
            }

            log.Pipeline.RunOnTheCallersThread(CommitMode.Inline);
        },
        [.. transactions.Select(t => (Action<LogModel>)t.Effect)]);

    private static List<Task> SubmitTogether(ScenarioRun run, TransactionContent[] transactions)
    {
        if (run.IsReal)
            return [.. transactions.Select(t => t.Submit(run.Log))];
        run.Log.Pipeline.RunOnTheCallersThread(CommitMode.Manual);
        List<Task> commits = [.. transactions.Select(t => t.Submit(run.Log))];
        while (run.Log.Pipeline.WriteNext())
            continue;
        run.Log.Pipeline.CommitNext();
        run.Log.Pipeline.RollBackIfWanted();
        run.Log.Pipeline.RunOnTheCallersThread(CommitMode.Inline);
        return commits;
    }

    private static Task SubmitAndWrite(FlowLog log, TransactionContent content)
    {
        var commit = content.Submit(log);
        log.Pipeline.WriteNext();
        return commit;
    }
}
