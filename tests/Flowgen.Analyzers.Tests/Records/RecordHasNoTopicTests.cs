using Flowgen.CodeFixes.Records;

namespace Flowgen.Analyzers.Tests.Records;

public class RecordHasNoTopicTests() : RuleTests("FLOW0101")
{
    [Fact]
    public Task Triggers_on_a_record_without_topic_or_stream() => Triggers(
        """
        public readonly record struct Parcel([Key] int Id);

        [Stage, From<Order>, [|To<Parcel>|]]
        public sealed partial class PackOrders
        {
            [Map] static Parcel Pack(in Order order) => new(order.Id);
        }
        """,
        "'Parcel' is used by [To<Parcel>] but is neither a [Topic] nor a [Stream]");

    [Fact]
    public Task Does_not_trigger_on_a_record_that_is_a_stream() => DoesNotTrigger(
        """
        [Stream]
        public readonly record struct Parcel([Key] int Id);

        [Stage, From<Order>, To<Parcel>]
        public sealed partial class PackOrders
        {
            [Map] static Parcel Pack(in Order order) => new(order.Id);
        }
        """);

    [Fact]
    public Task Fixes_by_making_it_a_stream() => Fixes<AddTopic>(
        """
        public readonly record struct Parcel([Key] int Id);

        [Stage, From<Order>, [|To<Parcel>|]]
        public sealed partial class PackOrders
        {
            [Map] static Parcel Pack(in Order order) => new(order.Id);
        }
        """,
        """
        [Stream]
        public readonly record struct Parcel([Key] int Id);

        [Stage, From<Order>, To<Parcel>]
        public sealed partial class PackOrders
        {
            [Map] static Parcel Pack(in Order order) => new(order.Id);
        }
        """);
}
