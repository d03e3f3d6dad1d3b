namespace Flowgen.Benchmarks.Nexmark;

/// <summary>q1 from the log to the log.</summary>
[FlowApp("convert", CommitEvery = "100ms")]
[Include<ConvertBids>]
public sealed partial class ConvertApp;

/// <summary>The tumbling count from the log to the log.</summary>
[FlowApp("count", CommitEvery = "100ms")]
[Include<CountByAuction>]
public sealed partial class CountApp;
