using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Tests.Parsing;

public sealed class RecordTests
{
    [Fact]
    public void Members_have_numbers_names_and_their_place_in_the_constructor()
    {
        RecordModel record = Parsed.Record("""
            namespace Shop;
            [Topic("orders")]
            public readonly record struct Order([Key] int Id, [Field(7, Name = "qty")] int Quantity, [Sensitive] string Mail, [Header("trace-id")] string? Trace = null)
            {
                public string Note { get; init; } = "";
                public int Twice => Quantity * 2;
            }
            """, "Shop.Order");

        Assert.Equal("global::Shop.Order", record.Type.FullName);
        Assert.Equal("global::Shop.OrderCodec", record.CodecFullName);
        Assert.Equal(
            ["Id id 1 0", "Quantity qty 7 1", "Mail mail 3 2", "Trace trace 4 3", "Note note 5 -1"],
            record.Shape.Members.Select(m => $"{m.Name} {m.JsonName} {m.Number} {m.ConstructorPosition}"));
        Assert.True(record.Shape.Members[2].IsSensitive);
        Assert.Equal("trace-id", record.Shape.Members[3].Header);
        Assert.True(record.Shape.Members[3].Wire.IsNullable);
    }

    [Theory]
    [InlineData("bool", WireKind.Boolean, 1)]
    [InlineData("byte", WireKind.Byte, 1)]
    [InlineData("sbyte", WireKind.SByte, 1)]
    [InlineData("char", WireKind.Char, 2)]
    [InlineData("short", WireKind.Int16, 2)]
    [InlineData("ushort", WireKind.UInt16, 2)]
    [InlineData("int", WireKind.Int32, 4)]
    [InlineData("uint", WireKind.UInt32, 4)]
    [InlineData("long", WireKind.Int64, 8)]
    [InlineData("ulong", WireKind.UInt64, 8)]
    [InlineData("float", WireKind.Single, 4)]
    [InlineData("double", WireKind.Double, 8)]
    [InlineData("decimal", WireKind.Decimal, 16)]
    [InlineData("DateTimeOffset", WireKind.DateTimeOffset, 10)]
    [InlineData("DateTime", WireKind.DateTime, 9)]
    [InlineData("DateOnly", WireKind.DateOnly, 4)]
    [InlineData("TimeSpan", WireKind.TimeSpan, 8)]
    [InlineData("Guid", WireKind.Guid, 16)]
    [InlineData("DayOfWeek", WireKind.Enum, 4)]
    [InlineData("string", WireKind.String, 0)]
    [InlineData("Text", WireKind.Text, 0)]
    [InlineData("byte[]", WireKind.Bytes, 0)]
    [InlineData("ReadOnlyMemory<byte>", WireKind.Memory, 0)]
    [InlineData("int[]", WireKind.Array, 0)]
    [InlineData("string?[]", WireKind.Array, 0)]
    [InlineData("ImmutableArray<Guid>", WireKind.ImmutableArray, 0)]
    [InlineData("Point", WireKind.Nested, 9)]
    [InlineData("Named", WireKind.Nested, 0)]
    public void Every_type_of_the_language_can_be_a_member(string type, WireKind kind, int fixedSize)
    {
        string source = $$"""
            public readonly record struct Point(int X, int? Y);
            public readonly record struct Named(string Name);
            [Topic("things")] public readonly record struct Thing({{type}} Plain, {{type.TrimEnd('?')}}? Maybe);
            """;

        EquatableMembers(source, out WireType plain, out WireType maybe);

        Assert.Equal((kind, fixedSize, false), (plain.Kind, plain.FixedSize, plain.IsNullable));
        Assert.Equal((kind, fixedSize, true), (maybe.Kind, maybe.FixedSize, maybe.IsNullable));
    }

    [Fact]
    public void Classes_and_structs_with_init_properties_are_records_too()
    {
        RecordModel record = Parsed.Record("""
            [Topic("notes")] public sealed class Note { [Key] public required int Id { get; init; } public string Text { get; init; } = ""; public static int Count; }
            """, "Note");

        Assert.False(record.Shape.IsValueType);
        Assert.Equal(["Id", "Text"], record.Shape.InitializedMembers.Select(m => m.Name));
        Assert.Empty(record.Shape.ConstructorMembers);
    }

    [Fact]
    public void A_composite_key_is_a_tuple_in_its_order()
    {
        RecordModel record = Parsed.Record("""[Topic("visits")] public readonly record struct Visit([Key(1)] int Page, [Key(0)] string Country);""", "Visit");

        Assert.Equal("(string Country, int Page)", record.Key!.Key.Type.FullName);
        Assert.Equal(KeyCodecSource.Tuple, record.Key.Key.Source);
        Assert.Equal("(r.Country, r.Page)", record.Key.Expression("r", "Stage"));
        Assert.Equal([1, 0], record.Shape.Members.Select(m => m.KeyOrder));
    }

    [Fact]
    public void A_computed_key_is_not_stored()
    {
        RecordModel record = Parsed.Record("""
            public readonly record struct Customer(int Id, string Mail);
            [Topic("payments")] public readonly record struct Payment(Customer Payer, decimal Amount) { [Key] public int PayerId => Payer.Id; }
            """, "Payment");

        Assert.Equal(["Payer", "Amount"], record.Shape.Members.Select(m => m.Name));
        Assert.Equal("record.PayerId", record.Key!.Expression("record", "Stage"));
        Assert.Equal("global::Flowgen.Runtime.Int32Key", record.Key.Key.PredefinedCodec);
    }

    [Fact]
    public void The_codec_of_an_enum_key_is_generated()
    {
        RecordModel record = Parsed.Record("""
            public enum Size : byte { Small, Large }
            [Topic("things")] public readonly record struct Thing([Key] Size Size);
            """, "Thing");

        Assert.Equal(KeyCodecSource.Enum, record.Key!.Key.Source);
        Assert.Equal(WireKind.Byte, record.Key.Key.Parts[0].Underlying);
    }

    [Theory]
    [InlineData("[EventTime] DateTimeOffset At", "r.At.ToUnixTimeMilliseconds()")]
    [InlineData("[EventTime] long At", "r.At")]
    [InlineData("[EventTime(Unit = TimeUnit.Seconds)] long At", "r.At * 1_000")]
    [InlineData("[EventTime(Unit = TimeUnit.Microseconds)] long At", "(r.At / 1_000) - (r.At % 1_000 < 0 ? 1 : 0)")]
    public void Event_time_is_an_expression_in_milliseconds(string member, string expression) =>
        Assert.Equal(expression, Parsed.Record($$"""[Topic("things")] public readonly record struct Thing({{member}});""", "Thing").EventTime!.Expression("r"));

    [Fact]
    public void Constructor_defaults_stand_for_members_that_old_records_lack()
    {
        RecordModel record = Parsed.Record("""
            public enum Size { Small, Large }
            [Topic("things")] public readonly record struct Thing(int A = 3, string B = "x\"y", double C = 1.5, decimal D = 2m, bool E = true, Size F = Size.Large, string? G = null, float H = 0.5f);
            """, "Thing");

        Assert.Equal(["3", "\"x\\\"y\"", "1.5d", "2m", "true", "(global::Size)(1)", null, "0.5f"], record.Shape.Members.Select(m => m.Default));
    }

    [Fact]
    public void A_marker_topic_names_a_second_topic_of_a_record_type()
    {
        RecordModel record = Parsed.Record("""
            public readonly record struct Order([Key] int Id);
            [Topic("orders-eu", Partitions = 3)] public abstract class OrdersEu : Topic<Order>;
            """, "OrdersEu");

        Assert.Equal("Order", record.Type.Name);
    }

    [Fact]
    public void The_codec_of_a_nested_record_stands_beside_the_outer_type()
    {
        RecordModel record = Parsed.Record("""namespace A.B; public static class Outer { [Topic("pings")] internal readonly record struct Ping([Key] int Id); }""", "A.B.Outer+Ping");

        Assert.Equal("global::A.B.Outer_PingCodec", record.CodecFullName);
        Assert.Equal("internal", record.Accessibility);
        Assert.Equal("A.B.Outer.PingCodec", record.HintName);
    }

    private static void EquatableMembers(string source, out WireType plain, out WireType maybe)
    {
        RecordModel record = Parsed.Record(source, "Thing");
        (plain, maybe) = (record.Shape.Members[0].Wire, record.Shape.Members[1].Wire);
    }
}
