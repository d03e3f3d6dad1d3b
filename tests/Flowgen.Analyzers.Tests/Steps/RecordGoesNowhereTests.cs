using Flowgen.CodeFixes.Steps;

namespace Flowgen.Analyzers.Tests.Steps;

public class RecordGoesNowhereTests() : RuleTests("FLOW0513")
{
    [Fact]
    public Task Triggers_on_a_result_that_no_step_takes_and_no_output_writes() => Triggers(
        """
        public readonly record struct Short([Key] int Id);

        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders
        {
            [Map] static Short [|Shorten|](in Order order) => new(order.Id);
            [Map] static Count One(in Order order) => new(order.Id, 1);
        }
        """,
        "'Shorten' gives 'Short', which no step takes and no [To] writes");

    [Fact]
    public Task Does_not_trigger_on_a_result_that_a_step_takes() => DoesNotTrigger(
        """
        public readonly record struct Short([Key] int Id);

        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders
        {
            [Map] static Short Shorten(in Order order) => new(order.Id);
            [Map] static Count One(in Short order) => new(order.Id, 1);
        }
        """);

    [Fact]
    public Task Fixes_by_writing_the_record() => Fixes<AddWire>(
        """
        public readonly record struct Short([Key] int Id);

        [Stage, From<Order>, To<Count>]
        public sealed partial class CountOrders
        {
            [Map] static Short [|Shorten|](in Order order) => new(order.Id);
            [Map] static Count One(in Order order) => new(order.Id, 1);
        }
        """,
        """
        public readonly record struct Short([Key] int Id);

        [Stage, From<Order>, To<Count>, To<Short>]
        public sealed partial class CountOrders
        {
            [Map] static Short Shorten(in Order order) => new(order.Id);
            [Map] static Count One(in Order order) => new(order.Id, 1);
        }
        """);
}
