using Flowgen.CodeFixes.Project;

namespace Flowgen.Analyzers.Tests.Project;

public class StageShouldBeSealedTests() : RuleTests("FLOW0003")
{
    [Fact]
    public Task Triggers_on_a_stage_that_is_not_sealed() => Triggers(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public partial class [|LargeOrders|]
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """,
        "Stage 'LargeOrders' should be sealed");

    [Fact]
    public Task Does_not_trigger_on_a_sealed_stage() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);

    [Fact]
    public Task Fixes_by_sealing() => Fixes<Seal>(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public partial class [|LargeOrders|]
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
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
