namespace Flowgen.Analyzers.Tests.Records;

public class NamesCollideInMetricsTests() : RuleTests("FLOW0105")
{
    [Fact]
    public Task Triggers_on_names_that_differ_in_a_dot_only() => Triggers(
        """
        [Topic("parcels.sent")]
        public readonly record struct Parcel([Key] int Id);

        [Topic([|"parcels_sent"|])]
        public readonly record struct Package([Key] int Id);
        """,
        "'parcels.sent' and 'parcels_sent' differ only in '.' and '_', which metrics cannot tell apart");

    [Fact]
    public Task Does_not_trigger_on_names_that_differ_in_words() => DoesNotTrigger(
        """
        [Topic("parcels.sent")]
        public readonly record struct Parcel([Key] int Id);

        [Topic("packages_sent")]
        public readonly record struct Package([Key] int Id);
        """);
}
