namespace Flowgen.Analyzers.Tests.Keys;

public class TypeCannotBeKeyTests() : RuleTests("FLOW0202")
{
    [Fact]
    public Task Triggers_on_a_key_of_a_floating_point_type() => Triggers(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] double [|Weight|]);
        """,
        "'double' cannot be a key: floating-point numbers do not compare exactly");

    [Fact]
    public Task Does_not_trigger_on_a_key_of_an_integer_type() => DoesNotTrigger(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int WeightInGrams);
        """);
}
