using System.Globalization;
using Flowgen.Log.Commits;

namespace Flowgen.Log.Tests.Simulation;

/// <content>Steps of producers with a transactional id.</content>
internal static partial class Take
{
    /// <summary>
    /// A producer takes a transactional id, and a second one takes it over: what the first one has open is refused, whether the second has
    /// appended something or not. Then the second one commits a record.
    /// </summary>
    public static Step TakeOver(string transactionalId, string topic, int partition) => new(
        $"take '{transactionalId}' over",
        run =>
        {
            var options = new ProducerOptions { TransactionalId = transactionalId };
            using var first = run.Log.CreateProducer(options);
            using var second = run.Log.CreateProducer(options);
            var former = TakeId(run, transactionalId, first);
            var holder = TakeId(run, transactionalId, second);
            AssertIsFenced(run.Log, former, "another one has taken its id");
            run.Settle(Stamped(topic, partition, holder).Submit(run.Log));
            AssertIsFenced(run.Log, former, "the new holder has committed");
        },
        model => model.TakeOver(transactionalId),
        model => model.TakeOver(transactionalId),
        model => model.Partition(topic, partition).Append(RecordOf(transactionalId)));

    /// <summary>What a former holder of a transactional id wants to commit is refused.</summary>
    public static void AssertIsFenced(FlowLog log, ProducerHolder former, string because)
    {
        var request = new CommitRequest { Holder = former };
        log.Pipeline.Submit(request);
        try
        {
            request.Done.GetAwaiter().GetResult();
        }
        catch (ProducerFencedException)
        {
            return;
        }

        throw new FlowLogException(string.Create(CultureInfo.InvariantCulture, $"{former} can commit, although {because}."));
    }

    private static ProducerHolder TakeId(ScenarioRun run, string transactionalId, Producer producer)
    {
        var taken = run.Log.TakeTransactionalIdAsync(transactionalId, producer);
        var holder = taken.GetAwaiter().GetResult();
        run.Settle(taken);
        return holder;
    }

    private static TransactionContent Stamped(string topic, int partition, ProducerHolder holder) =>
        new TransactionContent().Append(topic, partition, new ProducerStamp(holder.ProducerId, holder.Epoch, 0), RecordOf(holder.TransactionalId));

    private static ModelRecord RecordOf(string transactionalId) => new(transactionalId, "of the new holder");
}
