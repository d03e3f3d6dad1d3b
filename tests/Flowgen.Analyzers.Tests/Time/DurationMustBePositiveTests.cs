namespace Flowgen.Analyzers.Tests.Time;

public class DurationMustBePositiveTests() : RuleTests("FLOW0302")
{
    [Fact]
    public Task Triggers_on_a_window_without_length() => Triggers(
        """
        [Stage, From<Order>, To<Total>]
        [TumblingWindow([|"0s"|])]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """,
        "The window must be longer than zero");

    [Fact]
    public Task Does_not_trigger_on_a_window_with_a_length() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Total>]
        [TumblingWindow("10s")]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """);
}
