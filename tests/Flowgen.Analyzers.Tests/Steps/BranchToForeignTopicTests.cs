namespace Flowgen.Analyzers.Tests.Steps;

public class BranchToForeignTopicTests() : RuleTests("FLOW0514")
{
    [Fact]
    public Task Triggers_on_a_branch_to_a_topic_that_the_stage_does_not_write() => Triggers(
        """
        [Topic("orders-eu")] public abstract class OrdersEu : Topic<Order>;
        [Topic("orders-us")] public abstract class OrdersUs : Topic<Order>;

        [Stage, From<Order>, To<OrdersEu>]
        public sealed partial class RouteOrders
        {
            [Branch<OrdersEu>] static bool Eu(in Order order) => order.Region == "EU";
            [[|Branch<OrdersUs>|]] static bool Us(in Order order) => order.Region == "US";
        }
        """,
        "'OrdersUs' is not a topic of 'RouteOrders'");

    [Fact]
    public Task Does_not_trigger_on_a_branch_to_an_output_of_the_stage() => DoesNotTrigger(
        """
        [Topic("orders-eu")] public abstract class OrdersEu : Topic<Order>;
        [Topic("orders-us")] public abstract class OrdersUs : Topic<Order>;

        [Stage, From<Order>, To<OrdersEu>, To<OrdersUs>]
        public sealed partial class RouteOrders
        {
            [Branch<OrdersEu>] static bool Eu(in Order order) => order.Region == "EU";
            [Branch<OrdersUs>] static bool Us(in Order order) => order.Region == "US";
        }
        """);
}
