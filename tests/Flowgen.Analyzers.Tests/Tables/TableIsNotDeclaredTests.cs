using Flowgen.CodeFixes.Steps;

namespace Flowgen.Analyzers.Tests.Tables;

public class TableIsNotDeclaredTests() : RuleTests("FLOW0810")
{
    [Fact]
    public Task Triggers_on_a_table_parameter_that_the_stage_does_not_declare() => Triggers(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class PriceOrders
        {
            [Map] static Count Price(in Order order, Table<int, Product> [|products|]) => new(order.Id, products.TryGet(order.Id, out Product product) ? product.Id : 0);
        }
        """,
        "'Price' takes a Table of 'Product': add [Table<Product>] or [GlobalTable<Product>]");

    [Fact]
    public Task Does_not_trigger_on_a_table_parameter_that_the_stage_declares() => DoesNotTrigger(
        """
        [Stage, From<Order>, Table<Product>, To<Count>]
        public sealed partial class PriceOrders
        {
            [Map] static Count Price(in Order order, Table<int, Product> products) => new(order.Id, products.TryGet(order.Id, out Product product) ? product.Id : 0);
        }
        """);

    [Fact]
    public Task Fixes_by_adding_the_table() => Fixes<AddWire>(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class PriceOrders
        {
            [Map] static Count Price(in Order order, Table<int, Product> [|products|]) => new(order.Id, products.TryGet(order.Id, out Product product) ? product.Id : 0);
        }
        """,
        """
        [Stage, From<Order>, To<Count>, Table<Product>]
        public sealed partial class PriceOrders
        {
            [Map] static Count Price(in Order order, Table<int, Product> products) => new(order.Id, products.TryGet(order.Id, out Product product) ? product.Id : 0);
        }
        """);
}
