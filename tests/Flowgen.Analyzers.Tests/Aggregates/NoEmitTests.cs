using Flowgen.CodeFixes.Aggregates;

namespace Flowgen.Analyzers.Tests.Aggregates;

public class NoEmitTests() : RuleTests("FLOW0602")
{
    [Fact]
    public Task Triggers_on_an_add_without_an_emit() => Triggers(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void [|Add|](ref decimal total, in Order order) => total += order.Amount;
        }
        """,
        "'Add' fills 'decimal', but no [Emit] reads it");

    [Fact]
    public Task Does_not_trigger_on_an_add_with_an_emit() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Count Emit(int key, decimal total) => new(key, (long)total);
        }
        """);

    [Fact]
    public Task Fixes_by_generating_an_emit() => Fixes<GenerateStep>(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void [|Add|](ref decimal total, in Order order) => total += order.Amount;
        }
        """,
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Count Emit(in decimal accumulator) => throw new System.NotImplementedException();
        }
        """);
}
