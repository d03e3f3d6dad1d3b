using Flowgen.CodeFixes.Windows;

namespace Flowgen.Analyzers.Tests.Windows;

public class CorrectionsLookLikeResultsTests() : RuleTests("FLOW0407")
{
    [Fact]
    public Task Triggers_on_a_corrected_result_that_does_not_say_so() => Triggers(
        """
        [Stage, From<Order>, To<Count>]
        [TumblingWindow("1h", [|Lateness = "10m"|])]
        public sealed partial class CountOrders
        {
            [Add] static void Add(ref long count, in Order order) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """,
        "Results of 'CountOrders' may be corrected for 10m, and 'Count' cannot tell: take a Firing parameter, key it by window, or compact it");

    [Fact]
    public Task Does_not_trigger_on_a_corrected_result_with_a_firing() => DoesNotTrigger(
        """
        [Topic("hourly-counts")]
        public readonly record struct HourlyCount([Key] int Id, long Value, int Revision);

        [Stage, From<Order>, To<HourlyCount>]
        [TumblingWindow("1h", Lateness = "10m")]
        public sealed partial class CountOrders
        {
            [Add] static void Add(ref long count, in Order order) => count++;
            [Emit] static HourlyCount Emit(int key, long count, Firing firing) => new(key, count, firing.Revision);
        }
        """);

    [Fact]
    public Task Fixes_by_taking_a_firing() => Fixes<AddFiring>(
        """
        [Stage, From<Order>, To<Count>]
        [TumblingWindow("1h", [|Lateness = "10m"|])]
        public sealed partial class CountOrders
        {
            [Add] static void Add(ref long count, in Order order) => count++;
            [Emit] static Count Emit(int key, long count) => new(key, count);
        }
        """,
        """
        [Stage, From<Order>, To<Count>]
        [TumblingWindow("1h", Lateness = "10m")]
        public sealed partial class CountOrders
        {
            [Add] static void Add(ref long count, in Order order) => count++;
            [Emit] static Count Emit(int key, long count, Firing firing) => new(key, count);
        }
        """);
}
