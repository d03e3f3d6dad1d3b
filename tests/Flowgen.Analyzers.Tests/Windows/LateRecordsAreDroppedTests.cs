namespace Flowgen.Analyzers.Tests.Windows;

public class LateRecordsAreDroppedTests() : RuleTests("FLOW0409")
{
    [Fact]
    public Task Triggers_on_a_window_without_a_late_step() => Triggers(
        """
        [Stage, From<Order>, To<Total>]
        [[|TumblingWindow("1h")|]]
        public sealed partial class HourlyTotals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """,
        "Records later than 0s are counted and dropped: add [Late] to keep them");

    [Fact]
    public Task Does_not_trigger_on_a_window_with_a_late_step() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Total>, To<LateOrder>]
        [TumblingWindow("1h")]
        public sealed partial class HourlyTotals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
            [Late] static LateOrder TooLate(in Order order) => new(order.Id, order.At);
        }
        """);
}
