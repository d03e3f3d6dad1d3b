namespace Flowgen.Tool.Commands;

/// <summary>What <c>flow produce</c> was asked for.</summary>
internal sealed record ProduceRequest(string Topic, int? Partition, int? Create, int CommitEvery);
