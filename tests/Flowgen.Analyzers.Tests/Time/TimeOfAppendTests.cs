using Flowgen.CodeFixes;

namespace Flowgen.Analyzers.Tests.Time;

public class TimeOfAppendTests() : RuleTests("FLOW0306")
{
    [Fact]
    public Task Triggers_on_a_window_over_records_without_event_time() => Triggers(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, int Weight);

        [Stage, From<Parcel>, To<Total>]
        [TumblingWindow("1h")]
        public sealed partial class [|HourlyWeight|]
        {
            [Add] static void Add(ref decimal total, in Parcel parcel) => total += parcel.Weight;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """,
        "'Parcel' has no [EventTime], so the window works by the time of append");

    [Fact]
    public Task Does_not_trigger_on_a_window_over_records_with_an_event_time() => DoesNotTrigger(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, int Weight, [EventTime] DateTimeOffset SentAt);

        [Stage, From<Parcel>, To<Total>]
        [TumblingWindow("1h")]
        public sealed partial class HourlyWeight
        {
            [Add] static void Add(ref decimal total, in Parcel parcel) => total += parcel.Weight;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """);

    [Fact]
    public Task Fixes_by_marking_a_member() => Fixes<MarkMember>(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, int Weight, DateTimeOffset SentAt);

        [Stage, From<Parcel>, To<Total>]
        [TumblingWindow("1h")]
        public sealed partial class [|HourlyWeight|]
        {
            [Add] static void Add(ref decimal total, in Parcel parcel) => total += parcel.Weight;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """,
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, int Weight, [EventTime] DateTimeOffset SentAt);

        [Stage, From<Parcel>, To<Total>]
        [TumblingWindow("1h")]
        public sealed partial class HourlyWeight
        {
            [Add] static void Add(ref decimal total, in Parcel parcel) => total += parcel.Weight;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """);
}
