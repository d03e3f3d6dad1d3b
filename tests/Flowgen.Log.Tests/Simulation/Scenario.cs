using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.TestKit.Simulation;

namespace Flowgen.Log.Tests.Simulation;

/// <summary>A life of a small log, one step after the other.</summary>
internal sealed record Scenario(string Name, params IReadOnlyList<Step> Steps)
{
    public const string Directory = "/log";

    public static FlowLogOptions Options { get; } = new() { SegmentBytes = 1024, TimeProvider = new FixedTime(), MeterFactory = NoMeters.Instance };

    /// <summary>How the log is opened; the clock is that of the run.</summary>
    public FlowLogOptions LogOptions { get; init; } = Options;

    /// <summary>What goes wrong.</summary>
    public ScenarioBugs Bugs { get; init; }

    public static FlowLog Open(IFileSystem files, FlowLogOptions? options = null) => FlowLog.Open(Directory, options ?? Options, files, CommitMode.Inline);

    public static FlowLog Open(string directory, IFileSystem files) => FlowLog.Open(directory, Options, files, CommitMode.Inline);
}
