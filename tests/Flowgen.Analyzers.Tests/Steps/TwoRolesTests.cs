namespace Flowgen.Analyzers.Tests.Steps;

public class TwoRolesTests() : RuleTests("FLOW0509")
{
    [Fact]
    public Task Triggers_on_a_method_with_two_step_attributes() => Triggers(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map, Filter] static LargeOrder [|Shorten|](in Order order) => new(order.Id, order.Amount);
        }
        """,
        "'Shorten' is both [Map] and [Filter]");

    [Fact]
    public Task Does_not_trigger_on_a_method_with_one_step_attribute() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Filter] static bool IsLarge(in Order order) => order.Amount > 1000;
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);
}
