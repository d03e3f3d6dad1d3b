namespace Flowgen.Simulation.Tests.Apps;

/// <summary>A topic of events that a producer fills.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Partitions">Its partitions.</param>
/// <param name="Events">How many events come.</param>
/// <param name="Keys">How many keys they have.</param>
/// <param name="Disorder">Milliseconds by which an event may be behind the newest of its partition.</param>
/// <param name="OutOfOrder">What the app allows of that; less makes events late.</param>
/// <param name="Idle">Milliseconds of silence after which a partition does not hold back others; few make events late.</param>
internal sealed record PlanInput(int Number, int Partitions, int Events, int Keys, int Disorder, int OutOfOrder, long Idle) : IPlanStream
{
    public const long Never = 86_400_000;

    public string Topic => $"in-{Number}";

    public int Width => Partitions;

    public bool LiesByKey => true;

    public bool IsOrdered => true;

    /// <summary>Whether nothing can be late.</summary>
    public bool IsInTime => Disorder <= OutOfOrder && Idle == Never;

    public IReadOnlySet<string> Origins => new HashSet<string> { Topic };
}
