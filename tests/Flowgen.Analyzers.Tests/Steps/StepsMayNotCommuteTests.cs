using Flowgen.CodeFixes.Steps;

namespace Flowgen.Analyzers.Tests.Steps;

public class StepsMayNotCommuteTests() : RuleTests("FLOW0508")
{
    [Fact]
    public Task Triggers_on_a_map_from_a_type_to_itself_beside_a_filter() => Triggers(
        """
        [Stage, From<Order>, To<PaidOrders>]
        public sealed partial class LargeOrders
        {
            [Map] static Order [|Discount|](in Order order) => order with { Amount = order.Amount * 0.9m };
            [Filter] static bool IsLarge(in Order order) => order.Amount > 1000;
        }
        """,
        "'Discount' and 'IsLarge' both take 'Order' and may not commute: set Order");

    [Fact]
    public Task Does_not_trigger_on_steps_with_an_order() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<PaidOrders>]
        public sealed partial class LargeOrders
        {
            [Map(Order = 1)] static Order Discount(in Order order) => order with { Amount = order.Amount * 0.9m };
            [Filter(Order = 2)] static bool IsLarge(in Order order) => order.Amount > 1000;
        }
        """);

    [Fact]
    public Task Fixes_by_numbering_the_steps() => Fixes<NumberSteps>(
        """
        [Stage, From<Order>, To<PaidOrders>]
        public sealed partial class LargeOrders
        {
            [Map] static Order [|Discount|](in Order order) => order with { Amount = order.Amount * 0.9m };
            [Filter] static bool IsLarge(in Order order) => order.Amount > 1000;
        }
        """,
        """
        [Stage, From<Order>, To<PaidOrders>]
        public sealed partial class LargeOrders
        {
            [Map(Order = 1)] static Order Discount(in Order order) => order with { Amount = order.Amount * 0.9m };
            [Filter(Order = 2)] static bool IsLarge(in Order order) => order.Amount > 1000;
        }
        """);
}
