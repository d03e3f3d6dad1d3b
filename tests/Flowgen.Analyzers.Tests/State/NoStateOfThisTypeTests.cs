using Flowgen.CodeFixes.State;

namespace Flowgen.Analyzers.Tests.State;

public class NoStateOfThisTypeTests() : RuleTests("FLOW0705")
{
    [Fact]
    public Task Triggers_on_a_ref_parameter_that_is_not_a_state() => Triggers(
        """
        public struct Customer { public int Orders; }

        [Stage, From<Order>, To<Count>]
        public sealed partial class NumberOrders
        {
            [Process] static void OnOrder(in Order order, ref Customer [|customer|], Out<Count> counts) => counts.Emit(new(order.Id, ++customer.Orders));
        }
        """,
        "'OnOrder' takes 'ref Customer', which is neither [State] nor an accumulator");

    [Fact]
    public Task Does_not_trigger_on_a_ref_parameter_that_is_a_state() => DoesNotTrigger(
        """
        [State]
        public struct Customer { public int Orders; }

        [Stage, From<Order>, To<Count>]
        public sealed partial class NumberOrders
        {
            [Process] static void OnOrder(in Order order, ref Customer customer, Out<Count> counts) => counts.Emit(new(order.Id, ++customer.Orders));
        }
        """);

    [Fact]
    public Task Fixes_by_adding_the_state_attribute() => Fixes<AddState>(
        """
        public struct Customer { public int Orders; }

        [Stage, From<Order>, To<Count>]
        public sealed partial class NumberOrders
        {
            [Process] static void OnOrder(in Order order, ref Customer [|customer|], Out<Count> counts) => counts.Emit(new(order.Id, ++customer.Orders));
        }
        """,
        """
        [State]
        public struct Customer { public int Orders; }

        [Stage, From<Order>, To<Count>]
        public sealed partial class NumberOrders
        {
            [Process] static void OnOrder(in Order order, ref Customer customer, Out<Count> counts) => counts.Emit(new(order.Id, ++customer.Orders));
        }
        """);
}
