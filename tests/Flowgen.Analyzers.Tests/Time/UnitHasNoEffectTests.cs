using Flowgen.CodeFixes.Time;

namespace Flowgen.Analyzers.Tests.Time;

public class UnitHasNoEffectTests() : RuleTests("FLOW0308")
{
    [Fact]
    public Task Triggers_on_a_unit_of_a_DateTimeOffset() => Triggers(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [EventTime([|Unit = TimeUnit.Seconds|])] DateTimeOffset SentAt);
        """,
        "Unit applies to integers, and 'SentAt' is 'DateTimeOffset'");

    [Fact]
    public Task Does_not_trigger_on_a_unit_of_an_integer() => DoesNotTrigger(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [EventTime(Unit = TimeUnit.Seconds)] long SentAt);
        """);

    [Fact]
    public Task Fixes_by_removing_the_unit() => Fixes<RemoveUnit>(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [EventTime([|Unit = TimeUnit.Seconds|])] DateTimeOffset SentAt);
        """,
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [EventTime] DateTimeOffset SentAt);
        """);
}
