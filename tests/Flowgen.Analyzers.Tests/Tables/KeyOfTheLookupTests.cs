namespace Flowgen.Analyzers.Tests.Tables;

public class KeyOfTheLookupTests() : RuleTests("FLOW0812")
{
    [Fact]
    public Task Triggers_on_a_lookup_by_another_key_than_that_of_the_record() => Triggers(
        """
        [Stage, From<Order>, Table<Product>, To<Count>]
        public sealed partial class PriceOrders
        {
            [Map] static Count Price(in Order order, Table<int, Product> products) => new(order.Id, products.TryGet([|order.ProductId|], out Product product) ? product.Id : 0);
        }
        """,
        "'Price' looks up 'Product' by 'order.ProductId', but only the key of the current record is on this partition: use [GlobalTable]");

    [Fact]
    public Task Does_not_trigger_on_a_lookup_by_the_key_of_the_record() => DoesNotTrigger(
        """
        [Stage, From<Order>, Table<Product>, To<Count>]
        public sealed partial class PriceOrders
        {
            [Map] static Count Price(in Order order, int key, Table<int, Product> products) => new(order.Id, products.TryGet(key, out Product product) ? product.Id : 0);
        }
        """);
}
