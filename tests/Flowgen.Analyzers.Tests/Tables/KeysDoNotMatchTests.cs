using Flowgen.CodeFixes.Tables;

namespace Flowgen.Analyzers.Tests.Tables;

public class KeysDoNotMatchTests() : RuleTests("FLOW0802")
{
    [Fact]
    public Task Triggers_on_a_table_whose_key_is_of_another_type() => Triggers(
        """
        [Topic("visits", Partitions = 12)]
        public readonly record struct Visit([Key] string User, int ProductId);

        [Stage, From<Visit>, [|Table<Product>|], To<Count>]
        public sealed partial class PriceVisits
        {
            [Join] static Count Price(in Visit visit, in Product product) => new(visit.ProductId, (long)product.Price);
            [Unmatched] static Count Unknown(in Visit visit) => new(visit.ProductId, 0);
        }
        """,
        "'Visit' is keyed by string and 'Product' by int: set On or add [KeyBy]");

    [Fact]
    public Task Does_not_trigger_on_a_table_whose_key_the_record_names() => DoesNotTrigger(
        """
        [Topic("visits", Partitions = 12)]
        public readonly record struct Visit([Key] string User, int ProductId);

        [Stage, From<Visit>, Table<Product>(On = nameof(Visit.ProductId)), To<Count>]
        public sealed partial class PriceVisits
        {
            [Join] static Count Price(in Visit visit, in Product product) => new(visit.ProductId, (long)product.Price);
            [Unmatched] static Count Unknown(in Visit visit) => new(visit.ProductId, 0);
        }
        """);

    [Fact]
    public Task Fixes_by_naming_the_member() => Fixes<SetOn>(
        """
        [Topic("visits", Partitions = 12)]
        public readonly record struct Visit([Key] string User, int ProductId);

        [Stage, From<Visit>, [|Table<Product>|], To<Count>]
        public sealed partial class PriceVisits
        {
            [Join] static Count Price(in Visit visit, in Product product) => new(visit.ProductId, (long)product.Price);
            [Unmatched] static Count Unknown(in Visit visit) => new(visit.ProductId, 0);
        }
        """,
        """
        [Topic("visits", Partitions = 12)]
        public readonly record struct Visit([Key] string User, int ProductId);

        [Stage, From<Visit>, Table<Product>(On = nameof(Visit.ProductId)), To<Count>]
        public sealed partial class PriceVisits
        {
            [Join] static Count Price(in Visit visit, in Product product) => new(visit.ProductId, (long)product.Price);
            [Unmatched] static Count Unknown(in Visit visit) => new(visit.ProductId, 0);
        }
        """);
}
