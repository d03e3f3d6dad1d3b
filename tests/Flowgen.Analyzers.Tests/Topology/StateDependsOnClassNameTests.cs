using Flowgen.CodeFixes.Topology;

namespace Flowgen.Analyzers.Tests.Topology;

public class StateDependsOnClassNameTests() : RuleTests("FLOW0907")
{
    [Fact]
    public Task Triggers_on_a_stateful_stage_without_a_name() => Triggers(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class [|CountOrders|]
        {
            [Add] static void Add(ref long count, in Order order) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """,
        "Renaming 'CountOrders' would lose its state: give [Stage(\"count-orders\")]");

    [Fact]
    public Task Does_not_trigger_on_a_stateful_stage_with_a_name() => DoesNotTrigger(
        """
        [Stage("count-orders"), From<Order>, To<Count>]
        public sealed partial class CountOrders
        {
            [Add] static void Add(ref long count, in Order order) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """);

    [Fact]
    public Task Fixes_by_writing_the_name_down() => Fixes<NameStage>(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class [|CountOrders|]
        {
            [Add] static void Add(ref long count, in Order order) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """,
        """
        [Stage("count-orders"), From<Order>, To<Count>]
        public sealed partial class CountOrders
        {
            [Add] static void Add(ref long count, in Order order) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """);
}
