using Flowgen.CodeFixes.Topology;

namespace Flowgen.Analyzers.Tests.Topology;

public class StageIsInNoAppTests() : RuleTests("FLOW0906")
{
    [Fact]
    public Task Triggers_on_a_stage_that_no_app_includes() => Triggers(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders { [Map] static Count One(in Order order) => new(order.Id, 1); }

        [Stage, From<Product>, To<Count>]
        public sealed partial class [|CountProducts|] { [Map] static Count One(in Product product) => new(product.Id, 1); }

        [FlowApp("shop")]
        [Include<CountOrders>]
        public sealed partial class Shop;
        """,
        "No [FlowApp] includes 'CountProducts'");

    [Fact]
    public Task Does_not_trigger_on_a_stage_that_an_app_includes() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders { [Map] static Count One(in Order order) => new(order.Id, 1); }

        [Stage, From<Product>, To<Count>]
        public sealed partial class CountProducts { [Map] static Count One(in Product product) => new(product.Id, 1); }

        [FlowApp("shop")]
        [Include<CountOrders>, Include<CountProducts>]
        public sealed partial class Shop;
        """);

    [Fact]
    public Task Fixes_by_including_it() => Fixes<IncludeStage>(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders { [Map] static Count One(in Order order) => new(order.Id, 1); }

        [Stage, From<Product>, To<Count>]
        public sealed partial class [|CountProducts|] { [Map] static Count One(in Product product) => new(product.Id, 1); }

        [FlowApp("shop")]
        [Include<CountOrders>]
        public sealed partial class Shop;
        """,
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders { [Map] static Count One(in Order order) => new(order.Id, 1); }

        [Stage, From<Product>, To<Count>]
        public sealed partial class CountProducts { [Map] static Count One(in Product product) => new(product.Id, 1); }

        [FlowApp("shop")]
        [Include<CountOrders>, Include<CountProducts>]
        public sealed partial class Shop;
        """);
}
