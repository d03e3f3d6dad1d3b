namespace Flowgen.Generators.Tests.Behaviour;

[Topic("shop-orders", Partitions = 4)]
public readonly record struct Order([Key] int Id, string Region, int Product, int Amount, [EventTime] DateTimeOffset At);

[Topic("shop-products", Partitions = 4, Cleanup = Cleanup.Compact)]
public readonly record struct Product([Key] int Id, string Category, int Price);

[Topic("shop-sales", Partitions = 4)]
public readonly record struct Sale([Key] int Order, string Category, int Amount);

[Topic("shop-refusals", Partitions = 4)]
public readonly record struct Refusal([Key] int Order, string Reason);

[Topic("shop-totals", Partitions = 4)]
public readonly record struct RegionTotal([Key] string Region, [EventTime] DateTimeOffset From, int Total, int Revision = 0, string Note = "");

[Topic("shop-pairs", Partitions = 4, Cleanup = Cleanup.Compact)]
public readonly record struct PairTotal([Key(0)] string Region, [Key(1)] int Product, int Total);

[Topic("shop-colors", Partitions = 4, Cleanup = Cleanup.Compact)]
public readonly record struct ColorCount([Key] Color Color, long Count);

[Topic("shop-lines", Partitions = 4)]
public readonly record struct Line(string Value);

[Topic("shop-words", Partitions = 4, Cleanup = Cleanup.Compact)]
public readonly record struct WordCount([Key] string Word, long Count);

[Topic("shop-large", Partitions = 4)]
public abstract class LargeOrders : Topic<Order>;

[Topic("shop-small", Partitions = 4)]
public abstract class SmallOrders : Topic<Order>;

[Topic("shop-free", Partitions = 4)]
public abstract class FreeOrders : Topic<Order>;

public static class At
{
    public static DateTimeOffset Second(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    public static Order Order(int id, double second, int amount = 1, string region = "EU", int product = 1) => new(id, region, product, amount, Second(second));
}
