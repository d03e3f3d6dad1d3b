namespace Flowgen.Analyzers.Tests.Records;

public class SensitiveKeyTests() : RuleTests("FLOW0112")
{
    [Fact]
    public Task Triggers_on_a_sensitive_key() => Triggers(
        """
        [Topic("customers")]
        public readonly record struct Customer([Key, Sensitive] string [|Email|], string Name);
        """,
        "'Email' is [Sensitive] and [Key]: keys are visible in tools and logs");

    [Fact]
    public Task Does_not_trigger_on_a_sensitive_member_beside_the_key() => DoesNotTrigger(
        """
        [Topic("customers")]
        public readonly record struct Customer([Key] int Id, [Sensitive] string Email, string Name);
        """);
}
