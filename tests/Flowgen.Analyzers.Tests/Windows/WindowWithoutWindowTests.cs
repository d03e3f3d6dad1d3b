using Flowgen.CodeFixes.Windows;

namespace Flowgen.Analyzers.Tests.Windows;

public class WindowWithoutWindowTests() : RuleTests("FLOW0408")
{
    [Fact]
    public Task Triggers_on_a_window_parameter_in_a_stage_without_window() => Triggers(
        """
        [Stage, From<Order>, To<Total>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window [|window|], decimal total) => new(key, window.Start, total);
        }
        """,
        "'Emit' takes a Window, but the stage has none");

    [Fact]
    public Task Does_not_trigger_on_a_window_parameter_in_a_stage_with_a_window() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Total>]
        [TumblingWindow("1m")]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """);

    [Fact]
    public Task Fixes_by_adding_a_window() => Fixes<AddWindow>(
        """
        [Stage, From<Order>, To<Total>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window [|window|], decimal total) => new(key, window.Start, total);
        }
        """,
        """
        [Stage, From<Order>, To<Total>, TumblingWindow("1m")]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """);
}
