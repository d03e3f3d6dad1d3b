namespace Flowgen.Analyzers.Tests.Topology;

public class SourceIsTopicOfSameAppTests() : RuleTests("FLOW0910")
{
    [Fact]
    public Task Triggers_on_a_stage_that_reads_a_topic_of_its_app_from_the_end() => Triggers(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders { [Map] static Count One(in Order order) => new(order.Id, 1); }

        [Stage, From<Count>([|Start = StartAt.Latest|]), To<LargeOrder>]
        public sealed partial class Shorten { [Map] static LargeOrder One(in Count count) => new(count.Id, 1); }

        [FlowApp("shop")]
        public sealed partial class Shop;
        """,
        "'Shorten' reads 'Count' from its end, so records of this app may be missed");

    [Fact]
    public Task Does_not_trigger_on_a_stage_that_reads_a_topic_of_its_app_from_the_beginning() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders { [Map] static Count One(in Order order) => new(order.Id, 1); }

        [Stage, From<Count>, To<LargeOrder>]
        public sealed partial class Shorten { [Map] static LargeOrder One(in Count count) => new(count.Id, 1); }

        [FlowApp("shop")]
        public sealed partial class Shop;
        """);
}
