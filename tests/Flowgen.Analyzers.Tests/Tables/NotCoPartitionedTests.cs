using Flowgen.CodeFixes.Tables;

namespace Flowgen.Analyzers.Tests.Tables;

public class NotCoPartitionedTests() : RuleTests("FLOW0803")
{
    [Fact]
    public Task Triggers_on_a_table_with_another_number_of_partitions() => Triggers(
        """
        [Topic("parcels", Partitions = 6)]
        public readonly record struct Parcel([Key] int ProductId);

        [Stage, From<Parcel>, [|Table<Product>|], To<Count>]
        public sealed partial class PriceParcels
        {
            [Join] static Count Price(in Parcel parcel, in Product product) => new(parcel.ProductId, (long)product.Price);
            [Unmatched] static Count Unknown(in Parcel parcel) => new(parcel.ProductId, 0);
        }
        """,
        "'parcels' has 6 partitions and 'products' has 12: give both the same number, or use [GlobalTable]");

    [Fact]
    public Task Does_not_trigger_on_a_table_with_the_same_number_of_partitions() => DoesNotTrigger(
        """
        [Topic("parcels", Partitions = 12)]
        public readonly record struct Parcel([Key] int ProductId);

        [Stage, From<Parcel>, Table<Product>, To<Count>]
        public sealed partial class PriceParcels
        {
            [Join] static Count Price(in Parcel parcel, in Product product) => new(parcel.ProductId, (long)product.Price);
            [Unmatched] static Count Unknown(in Parcel parcel) => new(parcel.ProductId, 0);
        }
        """);

    [Fact]
    public Task Fixes_by_changing_the_partitions() => Fixes<SetTopic>(
        """
        [Topic("parcels", Partitions = 6)]
        public readonly record struct Parcel([Key] int ProductId);

        [Stage, From<Parcel>, [|Table<Product>|], To<Count>]
        public sealed partial class PriceParcels
        {
            [Join] static Count Price(in Parcel parcel, in Product product) => new(parcel.ProductId, (long)product.Price);
            [Unmatched] static Count Unknown(in Parcel parcel) => new(parcel.ProductId, 0);
        }
        """,
        """
        [Topic("parcels", Partitions = 12)]
        public readonly record struct Parcel([Key] int ProductId);

        [Stage, From<Parcel>, Table<Product>, To<Count>]
        public sealed partial class PriceParcels
        {
            [Join] static Count Price(in Parcel parcel, in Product product) => new(parcel.ProductId, (long)product.Price);
            [Unmatched] static Count Unknown(in Parcel parcel) => new(parcel.ProductId, 0);
        }
        """);
}
