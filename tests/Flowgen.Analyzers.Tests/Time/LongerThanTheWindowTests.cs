namespace Flowgen.Analyzers.Tests.Time;

public class LongerThanTheWindowTests() : RuleTests("FLOW0307")
{
    [Fact]
    public Task Triggers_on_an_out_of_order_bound_longer_than_the_window() => Triggers(
        """
        [Stage, From<Order>, To<Total>]
        [TumblingWindow([|"1s"|])]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """,
        "OutOfOrder (5s) is longer than the window (1s): each result waits 5s");

    [Fact]
    public Task Does_not_trigger_on_an_out_of_order_bound_shorter_than_the_window() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Total>]
        [TumblingWindow("1m")]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """);
}
