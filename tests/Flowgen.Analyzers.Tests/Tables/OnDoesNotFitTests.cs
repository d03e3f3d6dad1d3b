using Flowgen.CodeFixes.Tables;

namespace Flowgen.Analyzers.Tests.Tables;

public class OnDoesNotFitTests() : RuleTests("FLOW0804")
{
    [Fact]
    public Task Triggers_on_a_member_of_another_type_than_the_key_of_the_table() => Triggers(
        """
        [Stage, From<Order>, Table<Product>([|On = nameof(Order.Region)|]), To<Count>]
        public sealed partial class PriceOrders
        {
            [Join] static Count Price(in Order order, in Product product) => new(order.Id, (long)product.Price);
            [Unmatched] static Count Unknown(in Order order) => new(order.Id, 0);
        }
        """,
        "'Region' is 'string', but the key of table 'Product' is 'int'");

    [Fact]
    public Task Does_not_trigger_on_a_member_of_the_type_of_the_key_of_the_table() => DoesNotTrigger(
        """
        [Stage, From<Order>, Table<Product>(On = nameof(Order.ProductId)), To<Count>]
        public sealed partial class PriceOrders
        {
            [Join] static Count Price(in Order order, in Product product) => new(order.Id, (long)product.Price);
            [Unmatched] static Count Unknown(in Order order) => new(order.Id, 0);
        }
        """);

    [Fact]
    public Task Fixes_by_naming_another_member() => Fixes<SetOn>(
        """
        [Stage, From<Order>, Table<Product>([|On = nameof(Order.Region)|]), To<Count>]
        public sealed partial class PriceOrders
        {
            [Join] static Count Price(in Order order, in Product product) => new(order.Id, (long)product.Price);
            [Unmatched] static Count Unknown(in Order order) => new(order.Id, 0);
        }
        """,
        """
        [Stage, From<Order>, Table<Product>(On = nameof(Order.ProductId)), To<Count>]
        public sealed partial class PriceOrders
        {
            [Join] static Count Price(in Order order, in Product product) => new(order.Id, (long)product.Price);
            [Unmatched] static Count Unknown(in Order order) => new(order.Id, 0);
        }
        """,
        choice: "ProductId");
}
