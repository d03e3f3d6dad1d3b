using Flowgen.CodeFixes.Steps;

namespace Flowgen.Analyzers.Tests.Steps;

public class NothingWritesToTopicTests() : RuleTests("FLOW0505")
{
    [Fact]
    public Task Triggers_on_an_output_that_no_step_gives() => Triggers(
        """
        [Stage, From<Order>, To<LargeOrder>, [|To<Total>|]]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """,
        "'LargeOrders' has [To<Total>], but no step gives 'Total'");

    [Fact]
    public Task Does_not_trigger_on_an_output_that_a_step_gives() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);

    [Fact]
    public Task Fixes_by_removing_the_output() => Fixes<RemoveWire>(
        """
        [Stage, From<Order>, To<LargeOrder>, [|To<Total>|]]
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
