namespace Flowgen.Analyzers.Tests.State;

public class TwoCoresTests() : RuleTests("FLOW0708")
{
    [Fact]
    public Task Triggers_on_an_aggregate_beside_a_process_step() => Triggers(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class [|NumberOrders|]
        {
            [State] public struct Customer { public int Orders; }

            [Process] static void OnOrder(in Order order, ref Customer customer, Out<Count> counts) => counts.Emit(new(order.Id, ++customer.Orders));
            [Add] static void Add(ref long count, in Order order) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """,
        "A stage has either an aggregate or [Process] steps: 'NumberOrders' has both");

    [Fact]
    public Task Does_not_trigger_on_a_process_step_by_itself() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class NumberOrders
        {
            [State] public struct Customer { public int Orders; }

            [Process] static void OnOrder(in Order order, ref Customer customer, Out<Count> counts) => counts.Emit(new(order.Id, ++customer.Orders));
        }
        """);
}
