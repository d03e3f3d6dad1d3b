namespace Flowgen.Analyzers.Tests.Keys;

public class TwoKeyByStepsTests() : RuleTests("FLOW0204")
{
    [Fact]
    public Task Triggers_on_two_key_steps_for_one_record() => Triggers(
        """
        [Stage, From<Order>, To<RegionTotal>]
        public sealed partial class CountByRegion
        {
            [KeyBy] static string ByRegion(in Order order) => order.Region;
            [KeyBy] static string [|ByLetter|](in Order order) => order.Region.Substring(0, 1);
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static RegionTotal Emit(string key, decimal total) => new(key, total);
        }
        """,
        "'CountByRegion' has more than one [KeyBy] for 'Order'");

    [Fact]
    public Task Does_not_trigger_on_one_key_step_for_each_record() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<RegionTotal>]
        public sealed partial class CountByRegion
        {
            [KeyBy] static string ByRegion(in Order order) => order.Region;
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static RegionTotal Emit(string key, decimal total) => new(key, total);
        }
        """);
}
