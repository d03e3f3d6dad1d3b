using Flowgen.CodeFixes.Steps;

namespace Flowgen.Analyzers.Tests.Aggregates;

public class AccumulatorNotByRefTests() : RuleTests("FLOW0604")
{
    [Fact]
    public Task Triggers_on_an_accumulator_taken_by_value() => Triggers(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(decimal [|total|], in Order order) => total += order.Amount;
            [Emit] static Count Emit(int key, decimal total) => new(key, (long)total);
        }
        """,
        "'total' must be 'ref decimal', or the change is lost");

    [Fact]
    public Task Does_not_trigger_on_an_accumulator_taken_by_ref() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static Count Emit(int key, decimal total) => new(key, (long)total);
        }
        """);

    [Fact]
    public Task Fixes_by_taking_it_with_ref() => Fixes<PassBy>(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(decimal [|total|], in Order order) => total += order.Amount;
            [Emit] static Count Emit(int key, decimal total) => new(key, (long)total);
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
