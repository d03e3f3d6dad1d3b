using Flowgen.CodeFixes.Records;

namespace Flowgen.Analyzers.Tests.Records;

public class FieldNumberUsedTwiceTests() : RuleTests("FLOW0114")
{
    [Fact]
    public Task Triggers_on_a_field_number_used_by_two_members() => Triggers(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [Field(2)] int Weight, [Field(2)] int [|Height|]);
        """,
        "'Weight' and 'Height' both have field number 2");

    [Fact]
    public Task Does_not_trigger_on_field_numbers_that_differ() => DoesNotTrigger(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [Field(2)] int Weight, [Field(3)] int Height);
        """);

    [Fact]
    public Task Fixes_by_taking_the_next_free_number() => Fixes<NextFieldNumber>(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [Field(2)] int Weight, [Field(2)] int [|Height|]);
        """,
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, [Field(2)] int Weight, [Field(4)] int Height);
        """);
}
