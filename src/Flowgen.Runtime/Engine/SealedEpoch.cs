namespace Flowgen.Runtime;

/// <summary>A closed epoch on its way to the log.</summary>
/// <param name="Transaction">What is to be committed; null if there is nothing.</param>
/// <param name="Kind">Why it closed.</param>
/// <param name="Records">Records read from topics in this run, up to the end of the epoch.</param>
/// <param name="Needed">What the log need not keep once the epoch is committed.</param>
/// <param name="LeftOut">The records that were left out in it.</param>
/// <param name="Waiting">Who waits for the commit.</param>
internal sealed record SealedEpoch(IEngineTransaction? Transaction, EpochKind Kind, long Records, IReadOnlyList<NeededOffset> Needed, IReadOnlyList<LeftOutRecord> LeftOut, TaskCompletionSource[] Waiting);

/// <summary>First offset of a changelog that a restart needs.</summary>
internal readonly record struct NeededOffset(string Topic, int Partition, long Offset);
