using Flowgen.CodeFixes.Keys;

namespace Flowgen.Analyzers.Tests.Keys;

public class RepartitionWithoutUseTests() : RuleTests("FLOW0207")
{
    [Fact]
    public Task Triggers_on_a_key_step_that_returns_the_key() => Triggers(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders
        {
            [KeyBy] static int [|ById|](in Order order) => order.Id;
            [Add] static void Add(ref long count, in Order order) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """,
        "'ById' re-keys to the key that 'Order' already has");

    [Fact]
    public Task Does_not_trigger_on_no_key_step() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders
        {
            [Add] static void Add(ref long count, in Order order) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """);

    [Fact]
    public Task Fixes_by_removing_the_step() => Fixes<RemoveStep>(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders
        {
            [KeyBy] static int [|ById|](in Order order) => order.Id;
            [Add] static void Add(ref long count, in Order order) => count++;
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
