namespace Flowgen.Analyzers.Tests.Time;

public class TwoEventTimesTests() : RuleTests("FLOW0304")
{
    [Fact]
    public Task Triggers_on_two_event_times() => Triggers(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [EventTime] DateTimeOffset SentAt, [EventTime] DateTimeOffset [|ReceivedAt|]);
        """,
        "'Parcel' has more than one [EventTime]");

    [Fact]
    public Task Does_not_trigger_on_one_event_time() => DoesNotTrigger(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [EventTime] DateTimeOffset SentAt, DateTimeOffset ReceivedAt);
        """);
}
