using Flowgen.TestKit.Snapshots;

namespace Flowgen.Generators.Tests.Snapshots;

public class AppTests
{
    private const string Shop = """
        namespace Shop;
        [Topic("orders", Partitions = 6, Retention = "30d")]
        public readonly record struct Order([Key] int Id, string Region, [EventTime(OutOfOrder = "5s", Idle = "1m")] DateTimeOffset At);
        [Stream]
        public readonly record struct Placed([Key] int Id, string Region, [EventTime] DateTimeOffset At);
        [Topic("totals", Partitions = 6, Cleanup = Cleanup.Compact)]
        public readonly record struct Total([Key] string Region, long Count);
        [Topic("order-totals", Partitions = 6, Cleanup = Cleanup.Compact)]
        public readonly record struct OrderTotal([Key] int Id, long Count);
        [Stage, From<Order>, To<Placed>]
        public sealed partial class Place { [Map] static Placed ToPlaced(in Order o) => new(o.Id, o.Region, o.At); }
        [Stage, From<Placed>, To<Total>]
        public sealed partial class Totals
        {
            [KeyBy] static string ByRegion(in Placed p) => p.Region;
            [Add] static void Add(ref long count, in Placed p) => count++;
            [Emit] static Total Emit(string key, long count) => new(key, count);
        }
        [Stage, From<Placed>, To<OrderTotal>]
        public sealed partial class OrderTotals
        {
            [Add] static void Add(ref long count, in Placed p) => count++;
            [Emit] static OrderTotal Emit(int key, long count) => new(key, count);
        }

        """;

    [Fact]
    public void All_stages_of_the_project() => Snapshot.Verify(this, Shop + """
        [FlowApp("shop", CommitEvery = "200ms")]
        public sealed partial class ShopApp;
        """, hint => hint.Contains("ShopApp", StringComparison.Ordinal));

    [Fact]
    public void Stages_by_name() => Snapshot.Verify(this, Shop + """
        [FlowApp("placing"), Include<Place>, Include<OrderTotals>]
        internal sealed partial class PlacingApp;
        """, hint => hint.Contains("PlacingApp", StringComparison.Ordinal));
}
