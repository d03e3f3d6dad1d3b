using Flowgen.CodeFixes;

namespace Flowgen.Analyzers.Tests.Records;

public class TopicNameNotValidTests() : RuleTests("FLOW0102")
{
    [Fact]
    public Task Triggers_on_a_topic_name_with_a_space() => Triggers(
        """
        [Topic([|"Parcels sent"|])]
        public readonly record struct Parcel([Key] int Id);
        """,
        "'Parcels sent' is not a topic name: use 1 to 249 letters, digits, '.', '_' or '-'");

    [Fact]
    public Task Does_not_trigger_on_a_name_in_kebab_case() => DoesNotTrigger(
        """
        [Topic("parcels-sent")]
        public readonly record struct Parcel([Key] int Id);
        """);

    [Fact]
    public Task Fixes_by_writing_kebab_case() => Fixes<ReplaceValue>(
        """
        [Topic([|"Parcels sent"|])]
        public readonly record struct Parcel([Key] int Id);
        """,
        """
        [Topic("parcels-sent")]
        public readonly record struct Parcel([Key] int Id);
        """);
}
