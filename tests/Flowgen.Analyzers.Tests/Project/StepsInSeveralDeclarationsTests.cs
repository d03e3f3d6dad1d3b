namespace Flowgen.Analyzers.Tests.Project;

public class StepsInSeveralDeclarationsTests() : RuleTests("FLOW0004")
{
    [Fact]
    public Task Triggers_on_steps_in_two_parts_of_a_stage() => Triggers(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }

        public sealed partial class LargeOrders
        {
            [Filter] static bool [|IsLarge|](in Order order) => order.Amount > 1000;
        }
        """,
        "Keep all steps of 'LargeOrders' in one declaration: their order is read from it");

    [Fact]
    public Task Does_not_trigger_on_steps_in_one_part_and_helpers_in_another() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Filter] static bool IsLarge(in Order order) => order.Amount > Limit;
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }

        public sealed partial class LargeOrders
        {
            private const decimal Limit = 1000;
        }
        """);
}
