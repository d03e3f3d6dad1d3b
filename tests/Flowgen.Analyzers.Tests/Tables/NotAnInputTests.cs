using Flowgen.CodeFixes.Steps;

namespace Flowgen.Analyzers.Tests.Tables;

public class NotAnInputTests() : RuleTests("FLOW0806")
{
    [Fact]
    public Task Triggers_on_a_join_with_a_type_that_is_not_an_input() => Triggers(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class PriceOrders
        {
            [Join] static Count Price(in Order order, in Product [|product|]) => new(order.Id, (long)product.Price);
        }
        """,
        "'Price' joins 'Product', which the stage neither reads nor holds as a table");

    [Fact]
    public Task Does_not_trigger_on_a_join_with_a_table_of_the_stage() => DoesNotTrigger(
        """
        [Stage, From<Order>, Table<Product>(On = nameof(Order.ProductId)), To<Count>]
        public sealed partial class PriceOrders
        {
            [Join] static Count Price(in Order order, in Product product) => new(order.Id, (long)product.Price);
        }
        """);

    [Fact]
    public Task Fixes_by_adding_the_table() => Fixes<AddWire>(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class PriceOrders
        {
            [Join] static Count Price(in Order order, in Product [|product|]) => new(order.Id, (long)product.Price);
        }
        """,
        """
        [Stage, From<Order>, To<Count>, Table<Product>]
        public sealed partial class PriceOrders
        {
            [Join] static Count Price(in Order order, in Product product) => new(order.Id, (long)product.Price);
        }
        """);
}
