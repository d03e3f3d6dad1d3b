namespace Flowgen.Analyzers.Tests.Tables;

public class UnmatchedRecordsAreDroppedTests() : RuleTests("FLOW0809")
{
    [Fact]
    public Task Triggers_on_a_join_without_an_unmatched_step() => Triggers(
        """
        [Stage, From<Order>, Table<Product>(On = nameof(Order.ProductId)), To<Count>]
        public sealed partial class PriceOrders
        {
            [Join] static Count [|Price|](in Order order, in Product product) => new(order.Id, (long)product.Price);
        }
        """,
        "'Order' without 'Product' is dropped: add [Unmatched] to keep it");

    [Fact]
    public Task Does_not_trigger_on_a_join_with_an_unmatched_step() => DoesNotTrigger(
        """
        [Stage, From<Order>, Table<Product>(On = nameof(Order.ProductId)), To<Count>]
        public sealed partial class PriceOrders
        {
            [Join] static Count Price(in Order order, in Product product) => new(order.Id, (long)product.Price);
            [Unmatched] static Count Unknown(in Order order) => new(order.Id, 0);
        }
        """);
}
