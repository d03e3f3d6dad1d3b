using Flowgen.CodeFixes.Steps;

namespace Flowgen.Analyzers.Tests.Windows;

public class WindowHasNoEffectTests() : RuleTests("FLOW0410")
{
    [Fact]
    public Task Triggers_on_a_window_of_a_stage_without_aggregate() => Triggers(
        """
        [Stage, From<Order>, To<LargeOrder>]
        [[|TumblingWindow("1h")|]]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """,
        "'LargeOrders' has no aggregate or join that could use its window");

    [Fact]
    public Task Does_not_trigger_on_a_stage_without_window() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);

    [Fact]
    public Task Fixes_by_removing_the_window() => Fixes<RemoveWire>(
        """
        [Stage, From<Order>, To<LargeOrder>]
        [[|TumblingWindow("1h")|]]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """,
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);
}
