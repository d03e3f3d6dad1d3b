namespace Flowgen.Analyzers.Tests.Topology;

public class StreamHasNoWriterTests() : RuleTests("FLOW0902")
{
    [Fact]
    public Task Triggers_on_a_stream_that_no_stage_writes() => Triggers(
        """
        [Stream] public readonly record struct Ping([Key] int Id);
        [Topic("pongs")] public readonly record struct Pong([Key] int Id);

        [Stage, [|From<Ping>|], To<Pong>]
        public sealed partial class There { [Map] static Pong Turn(in Ping ping) => new(ping.Id); }

        [FlowApp("table-tennis")]
        public sealed partial class TableTennis;
        """,
        "'Ping' is read by 'There', but no stage of the app writes it");

    [Fact]
    public Task Does_not_trigger_on_a_stream_that_a_stage_writes() => DoesNotTrigger(
        """
        [Topic("pings")] public readonly record struct Ping([Key] int Id);
        [Topic("pongs")] public readonly record struct Pong([Key] int Id);

        [Stage, From<Ping>, To<Pong>]
        public sealed partial class There { [Map] static Pong Turn(in Ping ping) => new(ping.Id); }

        [FlowApp("table-tennis")]
        public sealed partial class TableTennis;
        """);
}
