using Flowgen.CodeFixes.Project;

namespace Flowgen.Analyzers.Tests.Project;

public class StageModifiersTests() : RuleTests("FLOW0002")
{
    [Fact]
    public Task Triggers_on_an_abstract_stage() => Triggers(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public abstract partial class [|LargeOrders|]
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """,
        "Stage 'LargeOrders' cannot be abstract");

    [Fact]
    public Task Does_not_trigger_on_a_stage_that_can_be_created() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);

    [Fact]
    public Task Fixes_by_removing_the_modifier() => Fixes<RemoveModifier>(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public abstract partial class [|LargeOrders|]
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """,
        """
        [Stage, From<Order>, To<LargeOrder>]
        public partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);
}
