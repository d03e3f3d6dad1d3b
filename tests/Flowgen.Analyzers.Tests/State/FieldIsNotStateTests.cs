namespace Flowgen.Analyzers.Tests.State;

public class FieldIsNotStateTests() : RuleTests("FLOW0703")
{
    [Fact]
    public Task Triggers_on_a_field_that_steps_can_change() => Triggers(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class NumberOrders
        {
            private int [|_orders|];

            [Map] LargeOrder Number(in Order order) => new(order.Id, ++_orders);
        }
        """,
        "'_orders' is shared by all keys of a partition and lost on restart: move it to a [State] struct");

    [Fact]
    public Task Does_not_trigger_on_a_readonly_field() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class NumberOrders
        {
            [State] public struct Customer { public int Orders; }

            [Process] static void Number(in Order order, ref Customer customer, Out<LargeOrder> orders) => orders.Emit(new(order.Id, ++customer.Orders));
        }
        """);
}
