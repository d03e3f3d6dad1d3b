namespace Flowgen.Analyzers.Tests.Records;

public class TopicDeclaredTwiceTests() : RuleTests("FLOW0103")
{
    [Fact]
    public Task Triggers_on_two_records_with_one_topic_name() => Triggers(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id);

        [Topic([|"parcels"|])]
        public readonly record struct Package([Key] int Id);
        """,
        "Topic 'parcels' is declared by 'Parcel' and by 'Package'");

    [Fact]
    public Task Does_not_trigger_on_two_records_with_names_of_their_own() => DoesNotTrigger(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id);

        [Topic("packages")]
        public readonly record struct Package([Key] int Id);
        """);
}
