using Flowgen.CodeFixes.Steps;

namespace Flowgen.Analyzers.Tests.Steps;

public class OutputHasNoToTests() : RuleTests("FLOW0504")
{
    [Fact]
    public Task Triggers_on_a_result_that_has_no_output() => Triggers(
        """
        [Stage, From<Order>]
        [TumblingWindow("1h")]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total [|Emit|](int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """,
        "'Emit' gives 'Total', but 'Totals' has no [To<Total>]");

    [Fact]
    public Task Does_not_trigger_on_a_result_that_has_an_output() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Total>]
        [TumblingWindow("1h")]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """);

    [Fact]
    public Task Fixes_by_writing_the_record() => Fixes<AddWire>(
        """
        [Stage, From<Order>]
        [TumblingWindow("1h")]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total [|Emit|](int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """,
        """
        [Stage, From<Order>, To<Total>]
        [TumblingWindow("1h")]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """);
}
