using Flowgen.CodeFixes.Topology;

namespace Flowgen.Analyzers.Tests.Topology;

public class TwoStagesWithOneNameTests() : RuleTests("FLOW0904")
{
    [Fact]
    public Task Triggers_on_two_stages_with_one_name() => Triggers(
        """
        [Stage("count"), From<Order>, To<Count>]
        public sealed partial class CountOrders { [Map] static Count One(in Order order) => new(order.Id, 1); }

        [Stage([|"count"|]), From<Product>, To<Count>]
        public sealed partial class CountProducts { [Map] static Count One(in Product product) => new(product.Id, 1); }
        """,
        "'CountOrders' and 'CountProducts' are both named 'count'");

    [Fact]
    public Task Does_not_trigger_on_two_stages_with_names_of_their_own() => DoesNotTrigger(
        """
        [Stage("count-orders"), From<Order>, To<Count>]
        public sealed partial class CountOrders { [Map] static Count One(in Order order) => new(order.Id, 1); }

        [Stage("count-products"), From<Product>, To<Count>]
        public sealed partial class CountProducts { [Map] static Count One(in Product product) => new(product.Id, 1); }
        """);

    [Fact]
    public Task Fixes_by_naming_it_as_its_class() => Fixes<NameStage>(
        """
        [Stage("count"), From<Order>, To<Count>]
        public sealed partial class CountOrders { [Map] static Count One(in Order order) => new(order.Id, 1); }

        [Stage([|"count"|]), From<Product>, To<Count>]
        public sealed partial class CountProducts { [Map] static Count One(in Product product) => new(product.Id, 1); }
        """,
        """
        [Stage("count"), From<Order>, To<Count>]
        public sealed partial class CountOrders { [Map] static Count One(in Order order) => new(order.Id, 1); }

        [Stage("count-products"), From<Product>, To<Count>]
        public sealed partial class CountProducts { [Map] static Count One(in Product product) => new(product.Id, 1); }
        """);
}
