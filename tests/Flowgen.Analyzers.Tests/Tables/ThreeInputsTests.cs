namespace Flowgen.Analyzers.Tests.Tables;

public class ThreeInputsTests() : RuleTests("FLOW0811")
{
    [Fact]
    public Task Triggers_on_a_join_of_three_records() => Triggers(
        """
        [Topic("regions", Partitions = 12, Cleanup = Cleanup.Compact)]
        public readonly record struct Region([Key] int Id, string Name);

        [Stage, From<Order>, Table<Product>, Table<Region>, To<Count>]
        public sealed partial class PriceOrders
        {
            [Join] static Count [|Price|](in Order order, in Product product, in Region region) => new(order.Id, (long)product.Price);
        }
        """,
        "A [Join] takes two records: chain two stages");

    [Fact]
    public Task Does_not_trigger_on_a_join_of_two_records() => DoesNotTrigger(
        """
        [Stage, From<Order>, Table<Product>, To<Count>]
        public sealed partial class PriceOrders
        {
            [Join] static Count Price(in Order order, in Product product) => new(order.Id, (long)product.Price);
        }
        """);
}
