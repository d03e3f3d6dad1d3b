namespace Flowgen.Analyzers.Tests.State;

public class TwoStateTypesTests() : RuleTests("FLOW0704")
{
    [Fact]
    public Task Triggers_on_two_state_types_in_one_stage() => Triggers(
        """
        [Stage, From<Order>, From<Product>, To<Count>]
        public sealed partial class NumberOrders
        {
            [State] public struct Customer { public int Orders; }
            [State] public struct Region { public int Orders; }

            [Process] static void OnOrder(in Order order, ref Customer customer, Out<Count> counts) => counts.Emit(new(order.Id, ++customer.Orders));
            [Process] static void OnProduct(in Product product, ref Region [|region|], Out<Count> counts) => counts.Emit(new(product.Id, ++region.Orders));
        }
        """,
        "A stage has one [State] type, but 'NumberOrders' uses 'Customer' and 'Region'");

    [Fact]
    public Task Does_not_trigger_on_one_state_type_in_a_stage() => DoesNotTrigger(
        """
        [Stage, From<Order>, From<Product>, To<Count>]
        public sealed partial class NumberOrders
        {
            [State] public struct Seen { public int Orders; public int Products; }

            [Process] static void OnOrder(in Order order, ref Seen seen, Out<Count> counts) => counts.Emit(new(order.Id, ++seen.Orders));
            [Process] static void OnProduct(in Product product, ref Seen seen, Out<Count> counts) => counts.Emit(new(product.Id, ++seen.Products));
        }
        """);
}
