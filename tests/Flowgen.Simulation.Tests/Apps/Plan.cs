using Flowgen.Simulation.Tests.Stages;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>A generated app, its input, how it is run and what happens to it: all that follows from a seed.</summary>
internal sealed record Plan
{
    public const string Enrich = "enrich";
    public const string NoteWindows = "note-windows";

    /// <summary>The stage with which <see cref="NoteWindows"/> begins.</summary>
    public const string Annotate = "annotate";

    public const string Totals = "totals";
    public const string LateWindows = "late-windows";
    public const string CorrectedWindows = "corrected-windows";
    public const string Factors = "factors";

    /// <summary>Event time of the first event.</summary>
    public const long Start = 1_700_000_000_000;

    public required int Seed { get; init; }

    public required IReadOnlyList<PlanInput> Inputs { get; init; }

    public required IReadOnlyList<PlanStage> Stages { get; init; }

    /// <summary>Partitions of the table; 0 where there is none.</summary>
    public required int FactorPartitions { get; init; }

    public required IReadOnlyList<PlanLife> Lives { get; init; }

    public required int CommitEveryMs { get; init; }

    public required int MaxCommitsInFlight { get; init; }

    public required int MaxEpochBytes { get; init; }

    public required int MaxInFlightBytes { get; init; }

    public required int SegmentBytes { get; init; }

    /// <summary>Ticks that a step of the log may take.</summary>
    public required int LongestDiskStep { get; init; }

    /// <summary>What happens with poison; <see cref="ErrorAction.Stop"/> where there is none.</summary>
    public required ErrorAction OnError { get; init; }

    /// <summary>Events of each partition of an input that are kept when they have been processed; 0 keeps all.</summary>
    public required int KeptEvents { get; init; }

    /// <summary>Whether the input is gone, because it is old, before event time ends.</summary>
    public required bool InputExpires { get; init; }

    /// <summary>Whether the inputs hold poison.</summary>
    public bool HasPoison => OnError != ErrorAction.Stop;

    /// <summary>Whether only the newest total of each key is kept.</summary>
    public required bool CompactsTotals { get; init; }

    /// <summary>Bytes of changes after which a snapshot of state begins: few enough that there are some.</summary>
    public required long SnapshotAfterBytes { get; init; }

    /// <summary>Bytes of a snapshot in each epoch, at least.</summary>
    public required int SnapshotSliceBytes { get; init; }

    /// <summary>Whether a stage reads a topic.</summary>
    public bool Reads(string topic) => Stages.Any(stage => stage.Feeds.Any(feed => feed.IsThroughTopic && feed.From.Topic == topic));

    public static bool HasFactor(int key) => key % 4 != 3;

    public static Event Multiplied(Event e) => e with { Id = (e.Id * FactorOf(e.Key).Value) + FactorOf(e.Key).Version };

    /// <summary>The newest row of a key.</summary>
    public static Factor FactorOf(int key) => new(key, 2, 3 + (key % 5));

    /// <summary>Rows of the table that are none.</summary>
    public const int BadRows = 3;

    public static byte[] BadRow(int number) => [0xBA, 0xD0, (byte)number];

    public override string ToString() =>
        $"seed {Seed}: commits every {CommitEveryMs} ms, {MaxCommitsInFlight} in flight, epochs of {MaxEpochBytes} B, {MaxInFlightBytes} B under way, segments of {SegmentBytes} B, disk steps up to {LongestDiskStep / 10_000.0} ms{(CompactsTotals ? ", totals compacted" : "")}{(HasPoison ? $", poison: {OnError}" : "")}{(KeptEvents > 0 ? $", {KeptEvents} events kept" : "")}{(InputExpires ? ", input expires" : "")}, snapshots after {SnapshotAfterBytes} B in slices of {SnapshotSliceBytes} B\n"
        + string.Join('\n', Inputs.Select(input => "  " + input).Concat(Stages.Select(stage => "  " + stage)).Concat(Lives.Select(life => "  " + life)));
}
