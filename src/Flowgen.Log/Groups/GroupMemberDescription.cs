namespace Flowgen.Log;

/// <summary>A member of a group.</summary>
/// <param name="Id">The name of the consumer and a number; for an app its name.</param>
/// <param name="Topics">What it subscribes to; nothing for an app.</param>
/// <param name="Assignment">The partitions that it owns; nothing for an app, which owns all of its inputs.</param>
public sealed record GroupMemberDescription(string Id, IReadOnlyList<string> Topics, IReadOnlyList<TopicPartition> Assignment);
