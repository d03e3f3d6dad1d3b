using Flowgen.CodeFixes;

namespace Flowgen.Analyzers.Tests.Aggregates;

public class DifferentAccumulatorsTests() : RuleTests("FLOW0603")
{
    [Fact]
    public Task Triggers_on_an_emit_that_reads_another_accumulator() => Triggers(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Count Emit(int key, [|double|] total) => new(key, (long)total);
        }
        """,
        "[Emit] reads 'double', but [Add] fills 'decimal'");

    [Fact]
    public Task Does_not_trigger_on_an_emit_that_reads_the_accumulator_of_the_add() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Count Emit(int key, decimal total) => new(key, (long)total);
        }
        """);

    [Fact]
    public Task Fixes_by_changing_the_type() => Fixes<ChangeType>(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Count Emit(int key, [|double|] total) => new(key, (long)total);
        }
        """,
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Count Emit(int key, decimal total) => new(key, (long)total);
        }
        """);
}
