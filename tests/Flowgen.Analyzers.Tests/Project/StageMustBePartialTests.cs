using Flowgen.CodeFixes.Project;

namespace Flowgen.Analyzers.Tests.Project;

public class StageMustBePartialTests() : RuleTests("FLOW0001")
{
    [Fact]
    public Task Triggers_on_a_stage_that_is_not_partial() => Triggers(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed class [|LargeOrders|]
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """,
        "Stage 'LargeOrders' must be partial so that Flowgen can add its operator");

    [Fact]
    public Task Does_not_trigger_on_a_partial_stage() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """);

    [Fact]
    public Task Fixes_by_adding_partial() => Fixes<MakePartial>(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed class [|LargeOrders|]
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
