using Flowgen.CodeFixes.Aggregates;

namespace Flowgen.Analyzers.Tests.Aggregates;

public class AccumulatorIsClassTests() : RuleTests("FLOW0605")
{
    [Fact]
    public Task Triggers_on_an_accumulator_that_is_a_class() => Triggers(
        """
        public sealed class Sum { public decimal Value; }

        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Init] static Sum Start() => new();
            [Add] static void Add(ref [|Sum|] sum, in Order order) => sum.Value += order.Amount;
            [Emit] static Count Emit(int key, in Sum sum) => new(key, (long)sum.Value);
        }
        """,
        "'Sum' is a class, so each key allocates one: use a struct");

    [Fact]
    public Task Does_not_trigger_on_an_accumulator_that_is_a_struct() => DoesNotTrigger(
        """
        public struct Sum { public decimal Value; }

        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Init] static Sum Start() => new();
            [Add] static void Add(ref Sum sum, in Order order) => sum.Value += order.Amount;
            [Emit] static Count Emit(int key, in Sum sum) => new(key, (long)sum.Value);
        }
        """);

    [Fact]
    public Task Fixes_by_making_it_a_struct() => Fixes<MakeStruct>(
        """
        public sealed class Sum { public decimal Value; }

        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Init] static Sum Start() => new();
            [Add] static void Add(ref [|Sum|] sum, in Order order) => sum.Value += order.Amount;
            [Emit] static Count Emit(int key, in Sum sum) => new(key, (long)sum.Value);
        }
        """,
        """
        public struct Sum { public decimal Value; }

        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Init] static Sum Start() => new();
            [Add] static void Add(ref Sum sum, in Order order) => sum.Value += order.Amount;
            [Emit] static Count Emit(int key, in Sum sum) => new(key, (long)sum.Value);
        }
        """);
}
