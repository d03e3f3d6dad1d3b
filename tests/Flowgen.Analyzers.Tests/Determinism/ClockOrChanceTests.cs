using Flowgen.CodeFixes.Determinism;

namespace Flowgen.Analyzers.Tests.Determinism;

public class ClockOrChanceTests() : RuleTests("FLOW1101")
{
    [Fact]
    public Task Triggers_on_a_step_that_asks_the_clock() => Triggers(
        """
        [Stage, From<Order>, To<LateOrder>]
        public sealed partial class StampOrders
        {
            [Map] static LateOrder Stamp(in Order order) => new(order.Id, [|DateTimeOffset.UtcNow|]);
        }
        """,
        "'DateTimeOffset.UtcNow' gives another result on replay: use the event time, Window or Meta");

    [Fact]
    public Task Does_not_trigger_on_a_step_that_takes_the_event_time() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LateOrder>]
        public sealed partial class StampOrders
        {
            [Map] static LateOrder Stamp(in Order order, Meta meta) => new(order.Id, meta.EventTime);
        }
        """);

    [Fact]
    public Task Fixes_by_taking_the_event_time() => Fixes<UseEventTime>(
        """
        [Stage, From<Order>, To<LateOrder>]
        public sealed partial class StampOrders
        {
            [Map] static LateOrder Stamp(in Order order) => new(order.Id, [|DateTimeOffset.UtcNow|]);
        }
        """,
        """
        [Stage, From<Order>, To<LateOrder>]
        public sealed partial class StampOrders
        {
            [Map] static LateOrder Stamp(in Order order, Meta meta) => new(order.Id, meta.EventTime);
        }
        """);
}
