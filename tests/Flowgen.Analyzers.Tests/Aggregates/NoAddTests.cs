using Flowgen.CodeFixes.Aggregates;

namespace Flowgen.Analyzers.Tests.Aggregates;

public class NoAddTests() : RuleTests("FLOW0601")
{
    [Fact]
    public Task Triggers_on_an_emit_without_an_add() => Triggers(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Emit] static Count [|Emit|](int key, decimal total) => new(key, (long)total);
        }
        """,
        "Nothing fills 'decimal', which 'Emit' reads: add an [Add] step");

    [Fact]
    public Task Does_not_trigger_on_an_emit_with_an_add() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Count Emit(int key, decimal total) => new(key, (long)total);
        }
        """);

    [Fact]
    public Task Fixes_by_generating_an_add() => Fixes<GenerateStep>(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Emit] static Count [|Emit|](int key, decimal total) => new(key, (long)total);
        }
        """,
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Emit] static Count Emit(int key, decimal total) => new(key, (long)total);
            [Add] static void Add(ref decimal accumulator, in Order record) => throw new System.NotImplementedException();
        }
        """);
}
