namespace Flowgen.Analyzers.Tests.Topology;

public class CycleTests() : RuleTests("FLOW0901")
{
    [Fact]
    public Task Triggers_on_two_stages_that_feed_each_other() => Triggers(
        """
        [Stream] public readonly record struct Ping([Key] int Id);
        [Stream] public readonly record struct Pong([Key] int Id);

        [Stage, From<Ping>, To<Pong>]
        public sealed partial class There { [Map] static Pong Turn(in Ping ping) => new(ping.Id); }

        [Stage, From<Pong>, To<Ping>]
        public sealed partial class Back { [Map] static Ping Turn(in Pong pong) => new(pong.Id); }

        [FlowApp("table-tennis")]
        public sealed partial class [|TableTennis|];
        """,
        "These stages feed each other: There > Back > There");

    [Fact]
    public Task Does_not_trigger_on_stages_in_one_direction() => DoesNotTrigger(
        """
        [Stream] public readonly record struct Ping([Key] int Id);
        [Topic("pongs")] public readonly record struct Pong([Key] int Id);

        [Stage, From<Order>, To<Ping>]
        public sealed partial class Serve { [Map] static Ping Start(in Order order) => new(order.Id); }

        [Stage, From<Ping>, To<Pong>]
        public sealed partial class There { [Map] static Pong Turn(in Ping ping) => new(ping.Id); }

        [FlowApp("table-tennis")]
        public sealed partial class TableTennis;
        """);
}
