namespace Flowgen.Analyzers.Tests;

/// <summary>The records that the examples of the rules use. The pages of the rules name them too.</summary>
internal static class ShopRecords
{
    private const string Source = """
        [Topic("orders", Partitions = 12)]
        public readonly record struct Order([Key] int Id, int ProductId, string Region, decimal Amount, [EventTime(OutOfOrder = "5s")] DateTimeOffset At);

        [Topic("paid-orders", Partitions = 12)]
        public abstract class PaidOrders : Topic<Order>;

        [Topic("products", Partitions = 12, Cleanup = Cleanup.Compact)]
        public readonly record struct Product([Key] int Id, string Category, decimal Price);

        [Topic("large-orders", Partitions = 12)]
        public readonly record struct LargeOrder([Key] int Id, decimal Amount);

        [Topic("late-orders", Partitions = 12)]
        public readonly record struct LateOrder([Key] int Id, [EventTime] DateTimeOffset At);

        [Topic("totals", Partitions = 12)]
        public readonly record struct Total([Key] int Id, [EventTime] DateTimeOffset From, decimal Amount);

        [Topic("region-totals", Partitions = 12)]
        public readonly record struct RegionTotal([Key] string Region, decimal Amount);

        [Topic("counts", Partitions = 12)]
        public readonly record struct Count([Key] int Id, long Value);
        """;

    public static string With(string source) => $"{source}\n\n{Source}\n";
}
