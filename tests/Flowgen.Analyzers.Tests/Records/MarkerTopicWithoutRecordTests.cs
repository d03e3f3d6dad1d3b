namespace Flowgen.Analyzers.Tests.Records;

public class MarkerTopicWithoutRecordTests() : RuleTests("FLOW0110")
{
    [Fact]
    public Task Triggers_on_a_topic_class_without_members() => Triggers(
        """
        [Topic("orders-eu")]
        public abstract class [|OrdersEu|];
        """,
        "'OrdersEu' has [Topic] but no members: derive it from Topic<TRecord>");

    [Fact]
    public Task Does_not_trigger_on_a_marker_that_names_its_record() => DoesNotTrigger(
        """
        [Topic("orders-eu")]
        public abstract class OrdersEu : Topic<Order>;
        """);
}
