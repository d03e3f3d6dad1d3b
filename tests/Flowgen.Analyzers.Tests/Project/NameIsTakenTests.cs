namespace Flowgen.Analyzers.Tests.Project;

public class NameIsTakenTests() : RuleTests("FLOW0007")
{
    [Fact]
    public Task Triggers_on_a_nested_type_with_the_name_of_the_operator() => Triggers(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            private sealed class [|LargeOrdersOperator|];

            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """,
        "'LargeOrdersOperator' clashes with a member that Flowgen generates");

    [Fact]
    public Task Does_not_trigger_on_a_nested_type_with_a_name_of_its_own() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            private sealed class Limits;

            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);
}
