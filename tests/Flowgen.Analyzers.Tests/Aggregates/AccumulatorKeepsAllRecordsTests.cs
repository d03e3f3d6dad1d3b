namespace Flowgen.Analyzers.Tests.Aggregates;

public class AccumulatorKeepsAllRecordsTests() : RuleTests("FLOW0606")
{
    [Fact]
    public Task Triggers_on_an_accumulator_with_a_list() => Triggers(
        """
        public struct Amounts { public List<decimal> All; }

        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref [|Amounts|] amounts, in Order order) => (amounts.All ??= []).Add(order.Amount);
            [Emit] static Count Emit(int key, in Amounts amounts) => new(key, amounts.All.Count);
        }
        """,
        "'Amounts' holds a collection that grows with each record: use an incremental aggregate or StateList<T>");

    [Fact]
    public Task Does_not_trigger_on_an_accumulator_of_fixed_size() => DoesNotTrigger(
        """
        public struct Amounts { public decimal Sum; public long Count; }

        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref Amounts amounts, in Order order)
            {
                amounts.Sum += order.Amount;
                amounts.Count++;
            }

            [Emit] static Count Emit(int key, in Amounts amounts) => new(key, amounts.Count);
        }
        """);
}
