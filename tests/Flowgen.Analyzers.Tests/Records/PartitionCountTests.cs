namespace Flowgen.Analyzers.Tests.Records;

public class PartitionCountTests() : RuleTests("FLOW0104")
{
    [Fact]
    public Task Triggers_on_a_topic_without_partitions() => Triggers(
        """
        [Topic("parcels", Partitions = [|0|])]
        public readonly record struct Parcel([Key] int Id);
        """,
        "A topic has 1 to 4096 partitions, not 0");

    [Fact]
    public Task Does_not_trigger_on_a_topic_with_twelve_partitions() => DoesNotTrigger(
        """
        [Topic("parcels", Partitions = 12)]
        public readonly record struct Parcel([Key] int Id);
        """);
}
