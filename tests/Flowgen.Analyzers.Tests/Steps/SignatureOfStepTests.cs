using Flowgen.CodeFixes.Steps;

namespace Flowgen.Analyzers.Tests.Steps;

public class SignatureOfStepTests() : RuleTests("FLOW0501")
{
    [Fact]
    public Task Triggers_on_a_filter_that_does_not_return_bool() => Triggers(
        """
        [Stage, From<Order>, To<PaidOrders>]
        public sealed partial class LargeOrders
        {
            [Filter] static int [|IsLarge|](in Order order) => order.Id;
        }
        """,
        "[Filter] method 'IsLarge' must return bool");

    [Fact]
    public Task Does_not_trigger_on_a_filter_that_returns_bool() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<PaidOrders>]
        public sealed partial class LargeOrders
        {
            [Filter] static bool IsLarge(in Order order) => order.Amount > 1000;
        }
        """);

    [Fact]
    public Task Fixes_by_returning_what_the_step_must_return() => Fixes<ChangeReturnType>(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders
        {
            [Add] static long [|Add|](ref long count, in Order order) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """,
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders
        {
            [Add] static void Add(ref long count, in Order order) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """);
}
