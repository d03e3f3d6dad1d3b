namespace Flowgen.Analyzers.Tests.Keys;

public class FewKeyValuesTests() : RuleTests("FLOW0209")
{
    [Fact]
    public Task Triggers_on_a_key_of_type_bool() => Triggers(
        """
        [Topic("parcels", Partitions = 12)]
        public readonly record struct Parcel([Key] bool [|Urgent|], int Id);
        """,
        "'Urgent' has 2 values, so at most 2 partitions have work");

    [Fact]
    public Task Does_not_trigger_on_a_key_with_many_values() => DoesNotTrigger(
        """
        [Topic("parcels", Partitions = 12)]
        public readonly record struct Parcel(bool Urgent, [Key] int Id);
        """);
}
