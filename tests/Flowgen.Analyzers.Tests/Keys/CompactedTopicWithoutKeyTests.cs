using Flowgen.CodeFixes;

namespace Flowgen.Analyzers.Tests.Keys;

public class CompactedTopicWithoutKeyTests() : RuleTests("FLOW0208")
{
    [Fact]
    public Task Triggers_on_a_compacted_topic_without_key() => Triggers(
        """
        [Topic("prices", Cleanup = Cleanup.Compact)]
        public readonly record struct [|Price|](int Product, decimal Amount);
        """,
        "'prices' is compacted, so 'Price' needs a [Key]");

    [Fact]
    public Task Does_not_trigger_on_a_compacted_topic_with_a_key() => DoesNotTrigger(
        """
        [Topic("prices", Cleanup = Cleanup.Compact)]
        public readonly record struct Price([Key] int Product, decimal Amount);
        """);

    [Fact]
    public Task Fixes_by_marking_a_member() => Fixes<MarkMember>(
        """
        [Topic("prices", Cleanup = Cleanup.Compact)]
        public readonly record struct [|Price|](int Product, decimal Amount);
        """,
        """
        [Topic("prices", Cleanup = Cleanup.Compact)]
        public readonly record struct Price([Key] int Product, decimal Amount);
        """);
}
