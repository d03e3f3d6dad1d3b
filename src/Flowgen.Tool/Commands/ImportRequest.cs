namespace Flowgen.Tool.Commands;

/// <summary>What <c>flow import</c> was asked for.</summary>
internal sealed record ImportRequest(string Topic, bool IsCsv, bool KeepPartitions, int CommitEvery, long FromLine, string? Name);
