using Flowgen.CodeFixes.Aggregates;

namespace Flowgen.Analyzers.Tests.Steps;

public class NoStepTests() : RuleTests("FLOW0516")
{
    [Fact]
    public Task Triggers_on_a_stage_without_steps_between_two_types() => Triggers(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class [|LargeOrders|];
        """,
        "'LargeOrders' has no step that reaches a [To]");

    [Fact]
    public Task Does_not_trigger_on_a_stage_with_a_map_between_two_types() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);

    [Fact]
    public Task Fixes_by_generating_a_map() => Fixes<GenerateStep>(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class [|LargeOrders|];
        """,
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder ToLargeOrder(in Order record) => throw new System.NotImplementedException();
        }
        """);
}
