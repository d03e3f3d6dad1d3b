using Flowgen.CodeFixes.Keys;

namespace Flowgen.Analyzers.Tests.Keys;

public class KeyMemberOrderTests() : RuleTests("FLOW0203")
{
    [Fact]
    public Task Triggers_on_two_key_members_with_the_same_order() => Triggers(
        """
        [Topic("parcels")]
        public readonly record struct [|Parcel|]([Key] string Country, [Key] int Number);
        """,
        "The key members of 'Parcel' need different orders: [Key(0)], [Key(1)]");

    [Fact]
    public Task Does_not_trigger_on_key_members_in_order() => DoesNotTrigger(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key(0)] string Country, [Key(1)] int Number);
        """);

    [Fact]
    public Task Fixes_by_numbering_the_members() => Fixes<NumberKeys>(
        """
        [Topic("parcels")]
        public readonly record struct [|Parcel|]([Key] string Country, [Key] int Number);
        """,
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key(0)] string Country, [Key(1)] int Number);
        """);
}
