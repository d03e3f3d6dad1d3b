namespace Flowgen.Analyzers.Tests.Time;

public class EventTimeTypeTests() : RuleTests("FLOW0303")
{
    [Fact]
    public Task Triggers_on_an_event_time_that_is_text() => Triggers(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [EventTime] string [|SentAt|]);
        """,
        "'string' cannot be event time: use DateTimeOffset, DateTime or long");

    [Fact]
    public Task Does_not_trigger_on_an_event_time_that_is_a_point_in_time() => DoesNotTrigger(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [EventTime] DateTimeOffset SentAt);
        """);
}
