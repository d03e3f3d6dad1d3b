namespace Flowgen.Analyzers.Tests.Records;

public class RecordCannotBeBuiltTests() : RuleTests("FLOW0107")
{
    [Fact]
    public Task Triggers_on_a_record_whose_members_cannot_be_set() => Triggers(
        """
        [Topic("parcels")]
        public readonly struct [|Parcel|]
        {
            private readonly int _weight;

            public Parcel(int id, bool heavy) => (Id, _weight) = (id, heavy ? 20 : 1);

            [Key] public int Id { get; init; }

            [Field(2)] public int Weight => _weight;
        }
        """,
        "'Parcel' needs a constructor or init properties for all of its members");

    [Fact]
    public Task Does_not_trigger_on_a_positional_record() => DoesNotTrigger(
        """
        [Topic("parcels")]
        public readonly record struct Parcel([Key] int Id, int Weight);
        """);
}
