namespace Flowgen.Simulation.Tests.Apps;

/// <summary>One way into a stage.</summary>
/// <param name="From">What it reads.</param>
/// <param name="IsExchanged">Whether the events go to the tasks that own their keys.</param>
/// <param name="IsThroughTopic">Whether they are read from their topic, and not handed over inside the app.</param>
internal sealed record PlanFeed(IPlanStream From, bool IsExchanged, bool IsThroughTopic)
{
    /// <summary>What is read from a topic that several tasks write has no bound of disorder, but one that no test reaches.</summary>
    private const long LongTime = 3_600_000;

    /// <summary>Partitions of what is read.</summary>
    public int Width => this is { IsThroughTopic: true, From: PlanStage stage } ? stage.TopicPartitions : From.Width;

    public long OutOfOrder => From is PlanInput input ? input.OutOfOrder : LongTime;

    public long Idle => From is PlanInput input ? input.Idle : PlanInput.Never;
}
