namespace Flowgen.Analyzers.Tests.Keys;

public class RecordsAreRepartitionedTests() : RuleTests("FLOW0206")
{
    [Fact]
    public Task Triggers_on_a_stage_that_groups_by_another_key_than_its_topic() => Triggers(
        """
        [Stage, From<Order>, To<RegionTotal>]
        public sealed partial class [|TotalByRegion|]
        {
            [KeyBy] static string Region(in Order order) => order.Region;
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static RegionTotal Emit(string key, decimal total) => new(key, total);
        }
        """,
        "'TotalByRegion' groups by Region but 'orders' is partitioned by Id: records pass through 'total-by-region.order' (12 partitions)");

    [Fact]
    public Task Does_not_trigger_on_a_stage_that_groups_by_the_key_of_its_topic() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders
        {
            [Add] static void Add(ref long count, in Order order) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """);
}
