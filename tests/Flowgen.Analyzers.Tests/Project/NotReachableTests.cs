using Flowgen.CodeFixes.Project;

namespace Flowgen.Analyzers.Tests.Project;

public class NotReachableTests() : RuleTests("FLOW0008")
{
    [Fact]
    public Task Triggers_on_a_private_nested_stage() => Triggers(
        """
        public partial class Jobs
        {
            [Stage, From<Order>, To<LargeOrder>]
            private sealed partial class [|LargeOrders|]
            {
                [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
            }
        }
        """,
        "'LargeOrders' must be at least internal to be part of an app");

    [Fact]
    public Task Does_not_trigger_on_an_internal_nested_stage() => DoesNotTrigger(
        """
        public partial class Jobs
        {
            [Stage, From<Order>, To<LargeOrder>]
            internal sealed partial class LargeOrders
            {
                [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
            }
        }
        """);

    [Fact]
    public Task Fixes_by_making_it_internal() => Fixes<MakeInternal>(
        """
        public partial class Jobs
        {
            [Stage, From<Order>, To<LargeOrder>]
            private sealed partial class [|LargeOrders|]
            {
                [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
            }
        }
        """,
        """
        public partial class Jobs
        {
            [Stage, From<Order>, To<LargeOrder>]
            internal sealed partial class LargeOrders
            {
                [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
            }
        }
        """);
}
