namespace Flowgen.Tool.Tests.Harness;

[Topic("orders", Partitions = 2)]
public readonly record struct Order(
    [Key] string Id,
    int Quantity,
    [EventTime] DateTimeOffset At,
    [Sensitive] string? Email = null,
    [Header("trace-id")] string? TraceId = null);

[Topic("stock", Partitions = 2, Cleanup = Cleanup.Compact)]
public readonly record struct Stock([Key(0)] string Product, [Key(1)] int Store, long Pieces);

/// <summary>Stored as its own memory: fixed stride, no text.</summary>
[Topic("readings")]
public readonly record struct Reading([Key] int Sensor, float Celsius, [EventTime] long At);

[Topic("large-orders", Partitions = 2)]
public readonly record struct LargeOrder([Key] string Id, int Quantity, [EventTime] DateTimeOffset At);

[Stage]
[From<Order>, To<LargeOrder>]
public sealed partial class FindLargeOrders
{
    [Filter]
    static bool IsLarge(in Order order) => order.Quantity > 10;

    [Map]
    static LargeOrder Map(in Order order) => new(order.Id, order.Quantity, order.At);
}

[FlowApp("shop")]
public sealed partial class ShopApp;
