namespace Flowgen.Log.Cleaning;

/// <summary>Forgets transactional ids that nobody has used for long.</summary>
internal sealed class TransactionalIdsJob(FlowLog log) : IHousekeepingJob
{
    public string Name => "expiry of transactional ids";

    /// <summary>Kafka's <c>transaction.remove.expired.transaction.cleanup.interval.ms</c>.</summary>
    public TimeSpan Interval => TimeSpan.FromHours(1);

    public void Run(CancellationToken cancellationToken) => log.Housekeeper.Health.Try(Name, "", log.ExpireTransactionalIds);
}
