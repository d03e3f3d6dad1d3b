namespace Flowgen.Generators.Tests.Parsing;

/// <summary>Records for stages of tests.</summary>
internal static class ShopSource
{
    public const string Records = """
        [Topic("orders", Partitions = 12)]
        public readonly record struct Order([Key] Guid Id, string Region, int ProductId, decimal Amount, [EventTime(OutOfOrder = "5s")] DateTimeOffset At);
        [Topic("orders-eu", Partitions = 12)] public abstract class OrdersEu : Topic<Order>;
        [Topic("orders-us", Partitions = 12)] public abstract class OrdersUs : Topic<Order>;
        [Topic("orders-other")] public abstract class OrdersOther : Topic<Order>;
        [Topic("products", Partitions = 12, Cleanup = Cleanup.Compact)] public readonly record struct Product([Key] int Id, string Category, decimal Price);
        [Stream] public readonly record struct Sale([Key] string Category, decimal Amount, [EventTime] DateTimeOffset At);
        [Topic("unknown", Partitions = 12)] public readonly record struct Unknown([Key] int ProductId, Guid OrderId);
        [Topic("revenues", Partitions = 12)] public readonly record struct Revenue([Key] string Category, [EventTime] DateTimeOffset Hour, decimal Amount);
        [Topic("totals", Partitions = 12, Cleanup = Cleanup.Compact)] public readonly record struct Total([Key] Guid Id, decimal Amount);
        [Topic("logins", Partitions = 6)] public readonly record struct Login([Key] int UserId, bool Success, [EventTime] DateTimeOffset At);
        [Topic("searches", Partitions = 6)] public readonly record struct Search([Key] int UserId, string Query);
        [Topic("activities", Partitions = 6)] public readonly record struct ActivityCount([Key] int UserId, long Count);
        public readonly record struct Activity([Key] int UserId, string What);

        """;

    /// <summary>A stage named S.</summary>
    public static string Stage(string headline, string steps, string constructor = "") => $$"""
        {{Records}}
        [Stage, {{headline}}]
        public sealed partial class S{{constructor}}
        {
            {{steps}}
        }
        """;
}
