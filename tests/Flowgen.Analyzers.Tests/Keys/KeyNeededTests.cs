using Flowgen.CodeFixes;

namespace Flowgen.Analyzers.Tests.Keys;

public class KeyNeededTests() : RuleTests("FLOW0201")
{
    [Fact]
    public Task Triggers_on_an_aggregate_over_a_record_without_key() => Triggers(
        """
        [Topic("parcels")]
        public readonly record struct Parcel(int Weight);

        [Stage, From<Parcel>, To<Count>]
        public sealed partial class [|CountParcels|]
        {
            [Add] static void Add(ref long count, in Parcel parcel) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """,
        "'CountParcels' groups 'Parcel', which has no key: mark a member with [Key], or add a [KeyBy] step");

    [Fact]
    public Task Does_not_trigger_on_an_aggregate_over_a_record_with_a_key() => DoesNotTrigger(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, int Weight);

        [Stage, From<Parcel>, To<Count>]
        public sealed partial class CountParcels
        {
            [Add] static void Add(ref long count, in Parcel parcel) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """);

    [Fact]
    public Task Fixes_by_marking_a_member() => Fixes<MarkMember>(
        """
        [Topic("parcels")]
        public readonly record struct Parcel(int Weight);

        [Stage, From<Parcel>, To<Count>]
        public sealed partial class [|CountParcels|]
        {
            [Add] static void Add(ref long count, in Parcel parcel) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """,
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Weight);

        [Stage, From<Parcel>, To<Count>]
        public sealed partial class CountParcels
        {
            [Add] static void Add(ref long count, in Parcel parcel) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """);
}
