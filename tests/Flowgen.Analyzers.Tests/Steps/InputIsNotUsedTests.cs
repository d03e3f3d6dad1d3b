using Flowgen.CodeFixes.Steps;

namespace Flowgen.Analyzers.Tests.Steps;

public class InputIsNotUsedTests() : RuleTests("FLOW0506")
{
    [Fact]
    public Task Triggers_on_an_input_that_no_step_takes() => Triggers(
        """
        [Stage, From<Order>, [|From<Product>|], To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """,
        "'LargeOrders' reads 'Product', but no step takes it");

    [Fact]
    public Task Does_not_trigger_on_an_input_that_a_step_takes() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);

    [Fact]
    public Task Fixes_by_removing_the_input() => Fixes<RemoveWire>(
        """
        [Stage, From<Order>, [|From<Product>|], To<LargeOrder>]
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
