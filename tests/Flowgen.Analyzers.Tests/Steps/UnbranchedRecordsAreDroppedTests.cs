namespace Flowgen.Analyzers.Tests.Steps;

public class UnbranchedRecordsAreDroppedTests() : RuleTests("FLOW0515")
{
    [Fact]
    public Task Triggers_on_branches_that_do_not_take_every_record() => Triggers(
        """
        [Topic("orders-eu")] public abstract class OrdersEu : Topic<Order>;

        [Stage, From<Order>, To<OrdersEu>]
        public sealed partial class [|RouteOrders|]
        {
            [Branch<OrdersEu>] static bool Eu(in Order order) => order.Region == "EU";
        }
        """,
        "Records that match no [Branch] are dropped: add a [To] without [Branch]");

    [Fact]
    public Task Does_not_trigger_on_branches_beside_an_output_that_takes_the_rest() => DoesNotTrigger(
        """
        [Topic("orders-eu")] public abstract class OrdersEu : Topic<Order>;
        [Topic("orders-other")] public abstract class OrdersOther : Topic<Order>;

        [Stage, From<Order>, To<OrdersEu>, To<OrdersOther>]
        public sealed partial class RouteOrders
        {
            [Branch<OrdersEu>] static bool Eu(in Order order) => order.Region == "EU";
        }
        """);
}
