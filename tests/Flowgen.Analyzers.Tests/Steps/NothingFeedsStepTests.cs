using Flowgen.CodeFixes.Steps;

namespace Flowgen.Analyzers.Tests.Steps;

public class NothingFeedsStepTests() : RuleTests("FLOW0503")
{
    [Fact]
    public Task Triggers_on_a_step_whose_record_nothing_gives() => Triggers(
        """
        [Stage, From<Order>, To<PaidOrders>]
        public sealed partial class LargeOrders
        {
            [Filter] static bool IsPaid(in Order order) => order.Amount > 0;
            [Filter] static bool [|IsLarge|](in LargeOrder order) => order.Amount > 1000;
        }
        """,
        "'IsLarge' takes 'LargeOrder', which 'LargeOrders' neither reads nor produces");

    [Fact]
    public Task Does_not_trigger_on_a_step_whose_record_is_an_input() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<PaidOrders>]
        public sealed partial class LargeOrders
        {
            [Filter] static bool IsPaid(in Order order) => order.Amount > 0;
            [Filter] static bool IsLarge(in Order order) => order.Amount > 1000;
        }
        """);

    [Fact]
    public Task Fixes_by_reading_the_record() => Fixes<AddWire>(
        """
        [Stage, From<Order>, To<PaidOrders>]
        public sealed partial class LargeOrders
        {
            [Filter] static bool IsPaid(in Order order) => order.Amount > 0;
            [Filter] static bool [|IsLarge|](in LargeOrder order) => order.Amount > 1000;
        }
        """,
        """
        [Stage, From<Order>, To<PaidOrders>, From<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Filter] static bool IsPaid(in Order order) => order.Amount > 0;
            [Filter] static bool IsLarge(in LargeOrder order) => order.Amount > 1000;
        }
        """);
}
