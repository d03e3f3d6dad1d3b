using Flowgen.CodeFixes.Project;

namespace Flowgen.Analyzers.Tests.Project;

public class StepOutsideStageTests() : RuleTests("FLOW0006")
{
    [Fact]
    public Task Triggers_on_a_step_in_a_class_without_the_stage_attribute() => Triggers(
        """
        public sealed partial class LargeOrders
        {
            [[|Map|]] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """,
        "'[Map]' has no effect because 'LargeOrders' has no [Stage]");

    [Fact]
    public Task Does_not_trigger_on_a_step_in_a_stage() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);

    [Fact]
    public Task Fixes_by_adding_the_stage_attribute() => Fixes<AddStage>(
        """
        public sealed partial class LargeOrders
        {
            [[|Map|]] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """,
        """
        [Stage]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);
}
