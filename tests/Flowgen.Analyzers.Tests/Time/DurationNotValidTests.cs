using Flowgen.CodeFixes;

namespace Flowgen.Analyzers.Tests.Time;

public class DurationNotValidTests() : RuleTests("FLOW0301")
{
    [Fact]
    public Task Triggers_on_a_duration_with_a_word() => Triggers(
        """
        [Stage, From<Order>, To<Total>]
        [TumblingWindow([|"10 sec"|])]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """,
        "'10 sec' is not a duration: write digits with d, h, m, s or ms, largest first, such as \"1h30m\"");

    [Fact]
    public Task Triggers_on_the_time_of_an_input() => Triggers(
        """
        [Stage, To<Total>]
        [From<Order>(OutOfOrder = [|"5 sec"|])]
        [TumblingWindow("10s")]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """,
        "'5 sec' is not a duration: write digits with d, h, m, s or ms, largest first, such as \"1h30m\"");

    [Fact]
    public Task Does_not_trigger_on_a_duration_in_the_grammar() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Total>]
        [TumblingWindow("10s")]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """);

    [Fact]
    public Task Fixes_by_writing_what_was_meant() => Fixes<ReplaceValue>(
        """
        [Stage, From<Order>, To<Total>]
        [TumblingWindow([|"10 sec"|])]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Total Emit(int key, Window window, decimal total) => new(key, window.Start, total);
        }
        """,
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
