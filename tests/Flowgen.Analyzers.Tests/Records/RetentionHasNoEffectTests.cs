using Flowgen.CodeFixes.Records;

namespace Flowgen.Analyzers.Tests.Records;

public class RetentionHasNoEffectTests() : RuleTests("FLOW0109")
{
    [Fact]
    public Task Triggers_on_retention_of_a_compacted_topic() => Triggers(
        """
        [Topic("parcels", Cleanup = Cleanup.Compact, [|Retention = "30d"|])]
        public readonly record struct Parcel([Key] int Id, int Weight);
        """,
        "A compacted topic keeps the newest record of each key: Retention needs Cleanup.CompactAndDelete");

    [Fact]
    public Task Does_not_trigger_on_a_topic_that_is_compacted_and_deleted() => DoesNotTrigger(
        """
        [Topic("parcels", Cleanup = Cleanup.CompactAndDelete, Retention = "30d")]
        public readonly record struct Parcel([Key] int Id, int Weight);
        """);

    [Fact]
    public Task Fixes_by_deleting_too() => Fixes<KeepWhatRetentionMeans>(
        """
        [Topic("parcels", Cleanup = Cleanup.Compact, [|Retention = "30d"|])]
        public readonly record struct Parcel([Key] int Id, int Weight);
        """,
        """
        [Topic("parcels", Cleanup = Cleanup.CompactAndDelete, Retention = "30d")]
        public readonly record struct Parcel([Key] int Id, int Weight);
        """);
}
