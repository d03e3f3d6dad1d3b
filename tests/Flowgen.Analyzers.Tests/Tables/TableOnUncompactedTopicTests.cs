using Flowgen.CodeFixes.Tables;

namespace Flowgen.Analyzers.Tests.Tables;

public class TableOnUncompactedTopicTests() : RuleTests("FLOW0805")
{
    [Fact]
    public Task Triggers_on_a_table_of_a_topic_that_deletes() => Triggers(
        """
        [Topic("prices", Partitions = 12)]
        public readonly record struct Price([Key] int Id, decimal Amount);

        [Stage, From<Order>, [|Table<Price>|], To<Count>]
        public sealed partial class PriceOrders
        {
            [Join] static Count Join(in Order order, in Price price) => new(order.Id, (long)price.Amount);
            [Unmatched] static Count Unknown(in Order order) => new(order.Id, 0);
        }
        """,
        "'prices' deletes old records, so rows disappear from the table: set Cleanup.Compact");

    [Fact]
    public Task Does_not_trigger_on_a_table_of_a_compacted_topic() => DoesNotTrigger(
        """
        [Topic("prices", Partitions = 12, Cleanup = Cleanup.Compact)]
        public readonly record struct Price([Key] int Id, decimal Amount);

        [Stage, From<Order>, Table<Price>, To<Count>]
        public sealed partial class PriceOrders
        {
            [Join] static Count Join(in Order order, in Price price) => new(order.Id, (long)price.Amount);
            [Unmatched] static Count Unknown(in Order order) => new(order.Id, 0);
        }
        """);

    [Fact]
    public Task Fixes_by_compacting_the_topic() => Fixes<SetTopic>(
        """
        [Topic("prices", Partitions = 12)]
        public readonly record struct Price([Key] int Id, decimal Amount);

        [Stage, From<Order>, [|Table<Price>|], To<Count>]
        public sealed partial class PriceOrders
        {
            [Join] static Count Join(in Order order, in Price price) => new(order.Id, (long)price.Amount);
            [Unmatched] static Count Unknown(in Order order) => new(order.Id, 0);
        }
        """,
        """
        [Topic("prices", Partitions = 12, Cleanup = Cleanup.Compact)]
        public readonly record struct Price([Key] int Id, decimal Amount);

        [Stage, From<Order>, Table<Price>, To<Count>]
        public sealed partial class PriceOrders
        {
            [Join] static Count Join(in Order order, in Price price) => new(order.Id, (long)price.Amount);
            [Unmatched] static Count Unknown(in Order order) => new(order.Id, 0);
        }
        """);
}
