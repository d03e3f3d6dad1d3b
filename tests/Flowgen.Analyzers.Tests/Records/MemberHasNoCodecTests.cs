namespace Flowgen.Analyzers.Tests.Records;

public class MemberHasNoCodecTests() : RuleTests("FLOW0106")
{
    [Fact]
    public Task Triggers_on_a_member_of_a_type_without_codec() => Triggers(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, Dictionary<string, string> [|Labels|]);
        """,
        "'Parcel.Labels' of type 'Dictionary<string, string>' cannot be written: use a supported type or a computed property");

    [Fact]
    public Task Does_not_trigger_on_members_of_supported_types() => DoesNotTrigger(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, string[] Labels);
        """);
}
