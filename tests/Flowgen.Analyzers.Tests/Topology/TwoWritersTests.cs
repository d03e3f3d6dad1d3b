namespace Flowgen.Analyzers.Tests.Topology;

public class TwoWritersTests() : RuleTests("FLOW0908")
{
    [Fact]
    public Task Triggers_on_a_topic_that_two_stages_write() => Triggers(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders { [Map] static Count One(in Order order) => new(order.Id, 1); }

        [Stage, From<Product>, [|To<Count>|]]
        public sealed partial class CountProducts { [Map] static Count One(in Product product) => new(product.Id, 1); }

        [FlowApp("shop")]
        public sealed partial class Shop;
        """,
        "'Count' is written by 2 stages: their records interleave");

    [Fact]
    public Task Does_not_trigger_on_a_topic_that_one_stage_writes() => DoesNotTrigger(
        """
        [Stage, From<Order>, From<Product>, To<Count>]
        public sealed partial class CountBoth
        {
            [Map] static Count OneOrder(in Order order) => new(order.Id, 1);
            [Map] static Count OneProduct(in Product product) => new(product.Id, 1);
        }

        [FlowApp("shop")]
        public sealed partial class Shop;
        """);
}
