using Flowgen.TestKit.Snapshots;

namespace Flowgen.Generators.Tests.Snapshots;

public class RecordTests
{
    [Fact]
    public void Viewed() => Snapshot.Verify(this, """
        namespace Shop;
        [Topic("bids", Partitions = 4)]
        public readonly record struct Bid([Key] int Auction, int Bidder, double Price, int Channel, int Region, [EventTime] long At);
        """);

    [Fact]
    public void Encoded() => Snapshot.Verify(this, """
        namespace Shop;
        [Topic("orders", Partitions = 12)]
        public readonly record struct Order([Key] Guid Id, string Region, decimal Amount, bool IsPaid, [EventTime(OutOfOrder = "5s")] DateTimeOffset PlacedAt);
        """);

    [Fact]
    public void Nullable_members() => Snapshot.Verify(this, """
        namespace Shop;
        [Topic("visits")]
        public readonly record struct Visit(string? Referrer, int? Page, DateTime? Until, Guid? User, Text? Agent, byte[]? Raw, TimeSpan? Length, DateOnly? Day, char? Grade);
        """);

    [Fact]
    public void Nested_structs() => Snapshot.Verify(this, """
        namespace Shop;
        public readonly record struct Point(double X, double Y);
        public readonly record struct Customer(int Id, [Sensitive] string Email, Point? Home);
        [Topic("payments")]
        public readonly record struct Payment(Customer Payer, Customer? Receiver, Point At, decimal Amount)
        {
            [Key] public int PayerId => Payer.Id;
        }
        """);

    [Fact]
    public void Arrays() => Snapshot.Verify(this, """
        namespace Shop;
        public enum Color : byte { Red, Green }
        public readonly record struct Line(string Name, int Count);
        [Topic("carts")]
        public readonly record struct Cart([Key] long Id, int[] Codes, string[] Tags, ImmutableArray<Line> Lines, decimal?[] Prices, Color[]? Colors, ImmutableArray<Text> Words, string[][] Rows);
        """);

    [Fact]
    public void Composite_key() => Snapshot.Verify(this, """
        namespace Shop;
        [Topic("route-totals", Partitions = 6, Cleanup = Cleanup.Compact)]
        public readonly record struct RouteTotal([Key(0)] string Origin, [Key(1)] int Gate, [Key(2)] string Destination, int Flights);
        """);

    [Fact]
    public void Enum_key_and_bytes() => Snapshot.Verify(this, """
        namespace Shop;
        public enum Level : short { Low = -1, High = 1 }
        [Topic("alerts")]
        public readonly record struct Alert([Key] Level Level, ReadOnlyMemory<byte> Body, Text Title, [EventTime(Unit = TimeUnit.Seconds)] long At);
        """);

    [Fact]
    public void Headers() => Snapshot.Verify(this, """
        namespace Shop;
        [Topic("calls")]
        public readonly record struct Call([Key] int Id, [Header("trace-id")] string? TraceId, [Header("attempt")] int Attempt, [Header("tenant")] Guid? Tenant, [Header("raw")] byte[]? Raw);
        """);

    [Fact]
    public void Numbered_and_renamed_members() => Snapshot.Verify(this, """
        namespace Shop;
        [Topic("people")]
        public readonly record struct Person([Field(7)] string Name, [Field(3, Name = "years")] int Age = 18, string City = "Bern");
        """);

    [Fact]
    public void Init_properties_of_a_class() => Snapshot.Verify(this, """
        namespace Shop;
        [Topic("notes")]
        public sealed record Note
        {
            [Key] public required string Id { get; init; }
            public string Body { get; init; } = "";
            public int Stars { get; init; }
        }
        """);

    [Fact]
    public void Nested_in_a_type_and_internal() => Snapshot.Verify(this, """
        namespace Shop;
        internal static class Messages
        {
            [Stream]
            internal readonly record struct Ping([Key] int Id);
        }
        """);

    [Fact]
    public void Global_namespace() => Snapshot.Verify(this, """
        [Topic("pings")]
        public readonly record struct Ping([Key] int Id, string Text);
        """);
}
