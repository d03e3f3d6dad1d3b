using Flowgen.Tool.Records;

namespace Flowgen.Tool.Commands;

/// <summary>What <c>flow consume</c> was asked for.</summary>
internal sealed record ConsumeRequest(string Topic, StartPosition? From, int? Partition, string? Group, bool Follow, bool AsTable, long Max);
