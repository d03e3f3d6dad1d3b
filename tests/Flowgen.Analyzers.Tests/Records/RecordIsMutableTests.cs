using Flowgen.CodeFixes.Records;

namespace Flowgen.Analyzers.Tests.Records;

public class RecordIsMutableTests() : RuleTests("FLOW0108")
{
    [Fact]
    public Task Triggers_on_a_record_with_setters() => Triggers(
        """
        [Topic("parcels")]
        public record struct [|Parcel|]([Key] int Id, int Weight);
        """,
        "'Parcel' has setters, so a step could change what another step reads");

    [Fact]
    public Task Does_not_trigger_on_a_readonly_record_struct() => DoesNotTrigger(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, int Weight);
        """);

    [Fact]
    public Task Fixes_by_making_it_readonly() => Fixes<MakeReadonly>(
        """
        [Topic("parcels")]
        public record struct [|Parcel|]([Key] int Id, int Weight);
        """,
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, int Weight);
        """);
}
