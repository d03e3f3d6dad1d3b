namespace Flowgen.Analyzers.Tests.Records;

public class HeaderTypeTests() : RuleTests("FLOW0113")
{
    [Fact]
    public Task Triggers_on_a_header_of_a_type_with_members() => Triggers(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [Header("labels")] string[] [|Labels|]);
        """,
        "'Labels' cannot be a header: use string, Text, a number, Guid or bytes");

    [Fact]
    public Task Does_not_trigger_on_a_header_that_is_text() => DoesNotTrigger(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [Header("label")] string Label);
        """);
}
