using Flowgen.CodeFixes.Topology;

namespace Flowgen.Analyzers.Tests.Topology;

public class StreamHasNoReaderTests() : RuleTests("FLOW0903")
{
    [Fact]
    public Task Triggers_on_a_stream_that_no_stage_reads() => Triggers(
        """
        [Stream] public readonly record struct Ping([Key] int Id);

        [Stage, From<Order>, [|To<Ping>|]]
        public sealed partial class Serve { [Map] static Ping Start(in Order order) => new(order.Id); }

        [FlowApp("table-tennis")]
        public sealed partial class TableTennis;
        """,
        "'Ping' is written by 'Serve', but no stage reads it");

    [Fact]
    public Task Does_not_trigger_on_a_topic_that_no_stage_reads() => DoesNotTrigger(
        """
        [Topic("pings")] public readonly record struct Ping([Key] int Id);

        [Stage, From<Order>, To<Ping>]
        public sealed partial class Serve { [Map] static Ping Start(in Order order) => new(order.Id); }

        [FlowApp("table-tennis")]
        public sealed partial class TableTennis;
        """);

    [Fact]
    public Task Fixes_by_making_it_a_topic() => Fixes<MakeTopic>(
        """
        [Stream] public readonly record struct Ping([Key] int Id);

        [Stage, From<Order>, [|To<Ping>|]]
        public sealed partial class Serve { [Map] static Ping Start(in Order order) => new(order.Id); }

        [FlowApp("table-tennis")]
        public sealed partial class TableTennis;
        """,
        """
        [Topic("ping")] public readonly record struct Ping([Key] int Id);

        [Stage, From<Order>, To<Ping>]
        public sealed partial class Serve { [Map] static Ping Start(in Order order) => new(order.Id); }

        [FlowApp("table-tennis")]
        public sealed partial class TableTennis;
        """);
}
