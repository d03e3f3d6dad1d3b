namespace Flowgen.Analyzers.Tests.Steps;

public class StepCannotBeAsyncTests() : RuleTests("FLOW0511")
{
    [Fact]
    public Task Triggers_on_a_map_that_is_async() => Triggers(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static async System.Threading.Tasks.ValueTask<LargeOrder> [|Shorten|](Order order)
            {
                await System.Threading.Tasks.Task.Yield();
                return new(order.Id, order.Amount);
            }
        }
        """,
        "[Map] runs inside the batch loop: use [AsyncMap]");

    [Fact]
    public Task Does_not_trigger_on_a_map_that_is_not_async() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);
}
