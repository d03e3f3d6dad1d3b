namespace Flowgen.Analyzers.Tests.Topology;

public class NotPartOfAnAppTests() : RuleTests("FLOW0905")
{
    [Fact]
    public Task Triggers_on_an_included_class_that_is_not_a_stage() => Triggers(
        """
        [FlowApp("shop")]
        [[|Include<Order>|]]
        public sealed partial class Shop;
        """,
        "'Order' is not a stage, source or sink");

    [Fact]
    public Task Does_not_trigger_on_an_included_stage() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders { [Map] static Count One(in Order order) => new(order.Id, 1); }

        [FlowApp("shop")]
        [Include<CountOrders>]
        public sealed partial class Shop;
        """);
}
