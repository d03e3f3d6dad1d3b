namespace Flowgen.Analyzers.Tests.Time;

public class IdleIsShortTests() : RuleTests("FLOW0309")
{
    [Fact]
    public Task Triggers_on_an_idle_time_shorter_than_the_out_of_order_bound() => Triggers(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [EventTime(OutOfOrder = "1m", [|Idle = "5s"|])] DateTimeOffset SentAt);
        """,
        "Idle (5s) is shorter than OutOfOrder (1m): records of a pausing partition may count as late");

    [Fact]
    public Task Triggers_on_the_idle_time_of_an_input() => Triggers(
        """
        [Stage, To<Total>]
        [From<Order>(OutOfOrder = "1m", [|Idle = "5s"|])]
        [TumblingWindow("10m")]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """,
        "Idle (5s) is shorter than OutOfOrder (1m): records of a pausing partition may count as late");

    [Fact]
    public Task Does_not_trigger_on_an_idle_time_longer_than_the_out_of_order_bound() => DoesNotTrigger(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [EventTime(OutOfOrder = "1m", Idle = "2m")] DateTimeOffset SentAt);
        """);
}
