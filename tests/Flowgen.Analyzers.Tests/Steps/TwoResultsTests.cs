namespace Flowgen.Analyzers.Tests.Steps;

public class TwoResultsTests() : RuleTests("FLOW0507")
{
    [Fact]
    public Task Triggers_on_two_emit_steps_with_one_result() => Triggers(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref long count, in Order order) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
            [Emit] static Count [|EmitAgain|](int key, long count) => new(key, count + 1);
        }
        """,
        "'Totals' has more than one [Emit] for 'Count'");

    [Fact]
    public Task Does_not_trigger_on_one_emit_step() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class Totals
        {
            [Add] static void Add(ref long count, in Order order) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """);
}
