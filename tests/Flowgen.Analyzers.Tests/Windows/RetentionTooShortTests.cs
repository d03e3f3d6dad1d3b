using Flowgen.CodeFixes.Tables;

namespace Flowgen.Analyzers.Tests.Windows;

public class RetentionTooShortTests() : RuleTests("FLOW0411")
{
    [Fact]
    public Task Triggers_on_a_window_longer_than_the_retention_of_its_input() => Triggers(
        """
        [Topic("parcels", Retention = "1d")]
        public readonly record struct Parcel([Key] int Id, int Weight, [EventTime] DateTimeOffset SentAt);

        [Stage, From<Parcel>, To<Total>]
        [TumblingWindow([|"7d"|])]
        public sealed partial class WeeklyWeight
        {
            [Add] static void Add(ref decimal total, in Parcel parcel) => total += parcel.Weight;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """,
        "'parcels' keeps records for 1d, shorter than window and lateness (7d): a replay would give other results");

    [Fact]
    public Task Does_not_trigger_on_a_window_shorter_than_the_retention_of_its_input() => DoesNotTrigger(
        """
        [Topic("parcels", Retention = "30d")]
        public readonly record struct Parcel([Key] int Id, int Weight, [EventTime] DateTimeOffset SentAt);

        [Stage, From<Parcel>, To<Total>]
        [TumblingWindow("7d")]
        public sealed partial class WeeklyWeight
        {
            [Add] static void Add(ref decimal total, in Parcel parcel) => total += parcel.Weight;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """);

    [Fact]
    public Task Fixes_by_raising_the_retention() => Fixes<SetTopic>(
        """
        [Topic("parcels", Retention = "1d")]
        public readonly record struct Parcel([Key] int Id, int Weight, [EventTime] DateTimeOffset SentAt);

        [Stage, From<Parcel>, To<Total>]
        [TumblingWindow([|"7d"|])]
        public sealed partial class WeeklyWeight
        {
            [Add] static void Add(ref decimal total, in Parcel parcel) => total += parcel.Weight;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """,
        """
        [Topic("parcels", Retention = "7d")]
        public readonly record struct Parcel([Key] int Id, int Weight, [EventTime] DateTimeOffset SentAt);

        [Stage, From<Parcel>, To<Total>]
        [TumblingWindow("7d")]
        public sealed partial class WeeklyWeight
        {
            [Add] static void Add(ref decimal total, in Parcel parcel) => total += parcel.Weight;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """);
}
