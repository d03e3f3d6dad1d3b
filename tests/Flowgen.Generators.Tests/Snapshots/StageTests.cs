using Flowgen.TestKit.Snapshots;

namespace Flowgen.Generators.Tests.Snapshots;

public class StageTests
{
    private const string Records = """
        namespace Shop;
        [Topic("orders", Partitions = 12)]
        public readonly record struct Order([Key] int Id, string Region, int Product, decimal Amount, [EventTime(OutOfOrder = "5s")] DateTimeOffset At);
        [Topic("products", Partitions = 12, Cleanup = Cleanup.Compact)]
        public readonly record struct Product([Key] int Id, string Category, decimal Price);
        [Topic("sales", Partitions = 12)]
        public readonly record struct Sale([Key] int Order, string Category, decimal Amount, [EventTime] DateTimeOffset At);
        [Topic("region-totals", Partitions = 12)]
        public readonly record struct RegionTotal([Key] string Region, [EventTime] DateTimeOffset From, decimal Total, long Count);
        [Topic("counts", Partitions = 12, Cleanup = Cleanup.Compact)]
        public readonly record struct OrderCount([Key] string Region, long Count);
        [Topic("late-orders")]
        public readonly record struct LateOrder([Key] int Id, DateTimeOffset WindowEnd);
        [Topic("lines")]
        public readonly record struct Line(string Value);
        [Topic("words")]
        public readonly record struct Word([Key] string Value);

        """;

    private void Verify(string stage, [System.Runtime.CompilerServices.CallerMemberName] string method = "") =>
        Snapshot.Verify(this, Records + stage, hint => hint.Contains("Stage", StringComparison.Ordinal), method);

    [Fact]
    public void Filter_and_map() => Verify("""
        [Stage, From<Order>, To<Sale>]
        public sealed partial class SellStage
        {
            [Filter] static bool IsLarge(in Order o) => o.Amount > 10;
            [Map] static Sale Sell(in Order o) => new(o.Id, "", o.Amount, o.At);
        }
        """);

    [Fact]
    public void Map_that_drops() => Verify("""
        [Stage, From<Order>, To<LateOrder>]
        public sealed partial class DropStage
        {
            [Map] static LateOrder? Late(Order o) => o.Amount > 10 ? new(o.Id, o.At) : null;
        }
        """);

    [Fact]
    public void Filter_only() => Verify("""
        [Stage, From<Order>, To<Order>]
        public sealed partial class PassStage
        {
            [Filter] static bool IsLarge(in Order o) => o.Amount > 10;
            [Filter] static bool IsNear(in Order o) => o.Region != "";
        }
        """);

    [Fact]
    public void Flat_map_and_trailing_steps() => Verify("""
        [Stage, From<Line>, To<Word>]
        public sealed partial class SplitStage
        {
            [FlatMap]
            static void Split(in Line line, Out<Word> words) { foreach (string word in line.Value.Split(' ')) words.Emit(new(word)); }
            [Filter] static bool IsWord(in Word word) => word.Value != "";
        }
        """);

    [Fact]
    public void Fork() => Verify("""
        [Stage, From<Order>, To<Sale>, To<LateOrder>]
        public sealed partial class ForkStage
        {
            [Map] static Sale Sell(in Order o) => new(o.Id, "", o.Amount, o.At);
            [Filter] static bool IsSale(in Sale s) => s.Amount > 1;
            [Map] static LateOrder Late(in Order o) => new(o.Id, o.At);
        }
        """);

    [Fact]
    public void Branches() => Verify("""
        [Topic("orders-eu", Partitions = 12)] public abstract class OrdersEu : Topic<Order>;
        [Topic("orders-us", Partitions = 12)] public abstract class OrdersUs : Topic<Order>;
        [Topic("orders-other")] public abstract class OrdersOther : Topic<Order>;
        [Stage, From<Order>, To<OrdersEu>, To<OrdersUs>, To<OrdersOther>]
        public sealed partial class RouteStage
        {
            [Branch<OrdersEu>] static bool Eu(in Order o) => o.Region == "EU";
            [Branch<OrdersUs>] static bool Us(in Order o) => o.Region == "US";
        }
        """);

    [Fact]
    public void Union_of_two_inputs() => Verify("""
        public readonly record struct Activity([Key] int Id, string What);
        [Topic("activities", Partitions = 12)] public readonly record struct ActivityCount([Key] int Id, long Count);
        [Stage, From<Order>, From<Sale>, To<ActivityCount>]
        public sealed partial class ActivityStage
        {
            [Map] static Activity FromOrder(in Order o) => new(o.Id, "order");
            [Map] static Activity FromSale(in Sale s) => new(s.Order, "sale");
            [Add] static void Add(ref long count, in Activity a) => count++;
            [Emit] static ActivityCount Emit(int key, long count) => new(key, count);
        }
        """);

    [Fact]
    public void Tumbling_window() => Verify("""
        [Stage, From<Order>, To<LateOrder>]
        [TumblingWindow("10s")]
        public sealed partial class WindowStage
        {
            [Add] static void Add(ref Mean mean, in Order o) => mean.Add((double)o.Amount);
            [Emit] static LateOrder Emit(int key, Window window, in Mean mean) => new(key, window.End);
        }
        """);

    [Fact]
    public void Window_with_lateness_corrections_and_late_records() => Verify("""
        [Stage, From<Order>, To<RegionTotal>, To<LateOrder>]
        [TumblingWindow("1h", Lateness = "10m", Offset = "15m")]
        public sealed partial class TotalStage
        {
            public struct Total { public decimal Sum; public long Count; public string? Last; }
            [KeyBy] static string ByRegion(in Order o) => o.Region;
            [Init] static Total Start(string key) => new() { Last = key };
            [Add] static void Add(ref Total total, in Order o) { total.Sum += o.Amount; total.Count++; }
            [Emit] static RegionTotal Emit(string key, Window window, in Total total, Firing firing) => new(key, window.Start, total.Sum, total.Count);
            [Late] static LateOrder TooLate(in Order o, Window window) => new(o.Id, window.End);
        }
        """);

    [Fact]
    public void On_change_by_another_key() => Verify("""
        [Stage, From<Order>, To<OrderCount>]
        public sealed partial class CountStage
        {
            [KeyBy] static string ByRegion(in Order o) => o.Region;
            [Filter] static bool IsLarge(in Order o) => o.Amount > 10;
            [Add] static void Add(ref long count, in Order o) => count++;
            [Emit(When.Changed)] static OrderCount Emit(string key, long count) => new(key, count);
        }
        """);

    [Fact]
    public void Composite_key_by() => Verify("""
        [Topic("pairs", Partitions = 12)] public readonly record struct Pair([Key(0)] string Region, [Key(1)] int Product, long Count);
        [Stage, From<Order>, To<Pair>]
        public sealed partial class PairStage
        {
            [KeyBy] static (string Region, int Product) ByBoth(in Order o) => (o.Region, o.Product);
            [Add] static void Add(ref long count, in Order _) => count++;
            [Emit] static Pair Emit((string Region, int Product) key, long count) => new(key.Region, key.Product, count);
        }
        """);

    [Fact]
    public void Word_count() => Verify("""
        [Topic("word-counts", Partitions = 8, Cleanup = Cleanup.Compact)] public readonly record struct WordCount([Key] string Word, long Count);
        public readonly record struct Found([Key] string Value);
        [Stage, From<Line>, To<WordCount>]
        public sealed partial class WordStage
        {
            [FlatMap] static void Split(in Line line, Out<Found> words) { foreach (string word in line.Value.Split(' ')) words.Emit(new(word)); }
            [Add] static void Add(ref long count, in Found _) => count++;
            [Emit(When.Changed)] static WordCount Emit(string key, long count) => new(key, count);
        }
        """);

    [Fact]
    public void Table_join() => Verify("""
        [Topic("unknown-products")] public readonly record struct UnknownProduct([Key] int Product, int Order);
        [Stage, From<Order>, Table<Product>(On = nameof(Order.Product)), To<Sale>, To<UnknownProduct>]
        public sealed partial class PriceStage
        {
            [Join] static Sale Price(in Order order, in Product product) => new(order.Id, product.Category, product.Price, order.At);
            [Unmatched] static UnknownProduct NoProduct(in Order order) => new(order.Product, order.Id);
        }
        """);

    [Fact]
    public void Table_join_with_steps_after_it() => Verify("""
        [Stage, From<Order>, Table<Product>, To<Sale>]
        public sealed partial class JoinStage
        {
            [Join] static Sale? Price(in Order order, in Product product) => product.Price > 0 ? new(order.Id, product.Category, product.Price, order.At) : null;
            [Filter] static bool IsSale(in Sale sale) => sale.Amount > 0;
        }
        """);

    [Fact]
    public void Table_lookup_and_meta() => Verify("""
        [Stage, From<Order>, Table<Product>, To<Sale>]
        public sealed partial class LookupStage
        {
            [FlatMap]
            static void Convert(in Order o, Table<int, Product> products, Out<Sale> sales, Meta meta)
            {
                ref readonly Product product = ref products.Find(o.Id, out bool found);
                if (found && meta.Partition >= 0) sales.Emit(new(o.Id, product.Category, product.Price, o.At));
            }
        }
        """);

    [Fact]
    public void Process_with_state_and_tombstones() => Verify("""
        [Stage, From<Order>, From<Sale>, To<OrderCount>, To<Product>]
        public sealed partial class ProcessStage
        {
            [State] public struct Seen { public int Orders; public string? Region; }
            [Process]
            static void OnOrder(in Order o, ref Seen seen, int key, Out<OrderCount> counts, Out<Product> products)
            {
                seen.Orders++;
                seen.Region = o.Region;
                counts.Emit(new(o.Region, seen.Orders));
                products.Delete(key);
            }
            [Process] static void OnSale(in Sale s, ref Seen seen) => seen = default;
        }
        """);

    [Fact]
    public void Emit_through_out_and_steps_after_it() => Verify("""
        [Stage, From<Order>, To<OrderCount>, TumblingWindow("1m")]
        public sealed partial class TwoStage
        {
            public readonly record struct Result(string Region, long Count);
            [KeyBy] static string ByRegion(in Order o) => o.Region;
            [Add] static void Add(ref long count, in Order o) => count++;
            [Emit] static void Emit(string key, long count, Out<Result> results) => results.Emit(new(key, count));
            [Filter] static bool IsMany(in Result result) => result.Count > 1;
            [Map] static OrderCount ToCount(in Result result) => new(result.Region, result.Count);
        }
        """);

    [Fact]
    public void Services_of_the_host() => Verify("""
        public interface IRates { decimal Of(string region); }
        [Stage("priced-orders"), From<Order>, To<Sale>]
        public sealed partial class RateStage(IRates rates, TimeProvider clock)
        {
            [Filter] bool IsOpen(in Order o) => clock is not null;
            [Map] Sale Sell(in Order o) => new(o.Id, "", o.Amount * rates.Of(o.Region), o.At);
        }
        """);

    [Fact]
    public void Nested_in_a_type() => Verify("""
        internal static partial class Jobs
        {
            [Stage, From<Order>, To<Order>]
            internal sealed partial class InnerStage
            {
                [Filter] static bool All(Order o) => true;
            }
        }
        """);

    [Fact]
    public void Stub_of_a_stage_with_an_error() => Verify("""
        [Stage, From<Order>, To<Sale>]
        public sealed partial class BrokenStage
        {
            [Map] static string Sell(in Order o) => o.Region;
        }
        [FlowApp("broken"), Include<BrokenStage>]
        public sealed partial class BrokenApp;
        """);

    [Fact]
    public void Nothing_for_a_class_that_cannot_have_another_part() => Verify("""
        [Stage, From<Order>, To<Order>]
        public sealed class ClosedStage
        {
            [Filter] static bool All(in Order o) => true;
        }
        """);

    [Fact]
    public void Branches_beside_a_map() => Verify("""
        [Topic("orders-eu", Partitions = 12)] public abstract class OrdersEu : Topic<Order>;
        [Topic("orders-us", Partitions = 12)] public abstract class OrdersUs : Topic<Order>;
        [Stage, From<Order>, To<OrdersEu>, To<OrdersUs>, To<LateOrder>]
        public sealed partial class BesideStage
        {
            [Map] static LateOrder Late(in Order o) => new(o.Id, o.At);
            [Branch<OrdersEu>] static bool Eu(in Order o, Meta meta) => o.Region == "EU" && meta.Partition >= 0;
            [Branch<OrdersUs>] static bool Us(in Order o) => o.Region == "US";
        }
        """);

    [Fact]
    public void Enum_key() => Verify("""
        public enum Size { Small, Large }
        [Topic("sizes", Partitions = 3)] public readonly record struct SizeCount([Key] Size Size, long Count);
        [Stage, From<Order>, To<SizeCount>]
        public sealed partial class SizeStage
        {
            [KeyBy] static Size BySize(in Order o) => o.Amount > 10 ? Size.Large : Size.Small;
            [Add] static void Add(ref long count, in Order o) => count++;
            [Emit] static SizeCount Emit([Key] Size size, long count) => new(size, count);
        }
        """);
}
