namespace Flowgen.Analyzers.Tests.Determinism;

public class StaticStateTests() : RuleTests("FLOW1104")
{
    [Fact]
    public Task Triggers_on_a_static_field_that_a_step_changes() => Triggers(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class NumberOrders
        {
            private static long Orders;

            [Map] static Count Number(in Order order) => new(order.Id, ++[|Orders|]);
        }
        """,
        "'Orders' is shared by partitions that run in parallel");

    [Fact]
    public Task Does_not_trigger_on_a_constant_that_a_step_reads() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class NumberOrders
        {
            private const long First = 1;

            [Map] static Count Number(in Order order) => new(order.Id, First);
        }
        """);
}
