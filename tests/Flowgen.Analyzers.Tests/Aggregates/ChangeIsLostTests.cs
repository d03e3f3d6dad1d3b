using Flowgen.CodeFixes.Aggregates;

namespace Flowgen.Analyzers.Tests.Aggregates;

public class ChangeIsLostTests() : RuleTests("FLOW0608")
{
    [Fact]
    public Task Triggers_on_a_changing_method_of_an_in_accumulator() => Triggers(
        """
        public struct Sum
        {
            public decimal Value;
            public void Reset() => Value = 0;
        }

        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref Sum sum, in Order order) => sum.Value += order.Amount;

            [Emit]
            static Count Emit(int key, in Sum sum)
            {
                long value = (long)sum.Value;
                [|sum.Reset()|];
                return new(key, value);
            }
        }
        """,
        "'Reset' changes a copy of 'sum', because it is passed with 'in'");

    [Fact]
    public Task Does_not_trigger_on_a_readonly_method_of_an_in_accumulator() => DoesNotTrigger(
        """
        public struct Sum
        {
            public decimal Value;
            public readonly long Rounded() => (long)Value;
        }

        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref Sum sum, in Order order) => sum.Value += order.Amount;
            [Emit] static Count Emit(int key, in Sum sum) => new(key, sum.Rounded());
        }
        """);

    [Fact]
    public Task Fixes_by_making_the_method_readonly() => Fixes<MakeMethodReadonly>(
        """
        public struct Sum
        {
            public decimal Value;
            public void Print() => Console.WriteLine(Value);
        }

        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref Sum sum, in Order order) => sum.Value += order.Amount;

            [Emit]
            static Count Emit(int key, in Sum sum)
            {
                [|sum.Print()|];
                return new(key, (long)sum.Value);
            }
        }
        """,
        """
        public struct Sum
        {
            public decimal Value;
            public readonly void Print() => Console.WriteLine(Value);
        }

        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref Sum sum, in Order order) => sum.Value += order.Amount;

            [Emit]
            static Count Emit(int key, in Sum sum)
            {
                sum.Print();
                return new(key, (long)sum.Value);
            }
        }
        """);
}
