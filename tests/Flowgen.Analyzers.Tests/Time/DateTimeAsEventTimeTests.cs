using Flowgen.CodeFixes;

namespace Flowgen.Analyzers.Tests.Time;

public class DateTimeAsEventTimeTests() : RuleTests("FLOW0305")
{
    [Fact]
    public Task Triggers_on_an_event_time_of_type_DateTime() => Triggers(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [EventTime] DateTime [|SentAt|]);
        """,
        "A DateTime without kind is read as UTC: use DateTimeOffset");

    [Fact]
    public Task Does_not_trigger_on_an_event_time_of_type_DateTimeOffset() => DoesNotTrigger(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [EventTime] DateTimeOffset SentAt);
        """);

    [Fact]
    public Task Fixes_by_changing_the_type() => Fixes<ChangeType>(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [EventTime] DateTime [|SentAt|]);
        """,
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [EventTime] DateTimeOffset SentAt);
        """);
}
