using Flowgen.CodeFixes.Steps;

namespace Flowgen.Analyzers.Tests.Steps;

public class StepCanBeStaticTests() : RuleTests("FLOW0510")
{
    [Fact]
    public Task Triggers_on_an_instance_step_that_uses_no_instance_member() => Triggers(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] LargeOrder [|Shorten|](in Order order) => new(order.Id, order.Amount);
        }
        """,
        "'Shorten' uses no instance member");

    [Fact]
    public Task Does_not_trigger_on_a_static_step() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);

    [Fact]
    public Task Fixes_by_making_it_static() => Fixes<MakeStatic>(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] LargeOrder [|Shorten|](in Order order) => new(order.Id, order.Amount);
        }
        """,
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);
}
