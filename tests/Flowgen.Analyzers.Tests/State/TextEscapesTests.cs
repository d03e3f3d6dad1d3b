using Flowgen.CodeFixes;

namespace Flowgen.Analyzers.Tests.State;

public class TextEscapesTests() : RuleTests("FLOW0709")
{
    [Fact]
    public Task Triggers_on_a_text_in_a_state() => Triggers(
        """
        [Topic("lines")]
        public readonly record struct Line([Key] int Id, Text Value);

        [Stage, From<Line>, To<Count>]
        public sealed partial class LastLines
        {
            [State] public struct Last { public Text [|Line|]; }

            [Process] static void OnLine(in Line line, ref Last last, Out<Count> counts) => last.Line = line.Value;
        }
        """,
        "'Text' borrows the batch and cannot be kept: use string, Text32 or Own()");

    [Fact]
    public Task Does_not_trigger_on_a_string_in_a_state() => DoesNotTrigger(
        """
        [Topic("lines")]
        public readonly record struct Line([Key] int Id, Text Value);

        [Stage, From<Line>, To<Count>]
        public sealed partial class LastLines
        {
            [State] public struct Last { public string? Line; }

            [Process] static void OnLine(in Line line, ref Last last, Out<Count> counts) => last.Line = line.Value.ToString();
        }
        """);

    [Fact]
    public Task Fixes_by_changing_the_type() => Fixes<ChangeType>(
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class LastOrders
        {
            [State] public struct Last { public Text [|Line|]; }

            [Process] static void OnOrder(in Order order, ref Last last, Out<Count> counts) => last.Line = order.Region;
        }
        """,
        """
        [Stage, From<Order>, To<Count>]
        public sealed partial class LastOrders
        {
            [State] public struct Last { public string? Line; }

            [Process] static void OnOrder(in Order order, ref Last last, Out<Count> counts) => last.Line = order.Region;
        }
        """);
}
