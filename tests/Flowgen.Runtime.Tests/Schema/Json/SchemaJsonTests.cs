using System.Text;
using System.Text.Json;

namespace Flowgen.Runtime.Tests.Schema.Json;

public class SchemaJsonTests
{
    private static readonly RecordSchema Person = new(
        "Person",
        new RecordMember(1, "Name", MemberType.String),
        new RecordMember(2, "Email", MemberType.String) { IsSensitive = true, IsNullable = true });

    private static readonly MemberType Colour = MemberType.Enum("Colour", MemberType.Byte, new EnumName("Red", 1), new EnumName("Green", 2));

    [Theory]
    [InlineData("Bool", "true")]
    [InlineData("Byte", "255")]
    [InlineData("SByte", "-128")]
    [InlineData("Int16", "-32768")]
    [InlineData("UInt16", "65535")]
    [InlineData("Int32", "-2147483648")]
    [InlineData("UInt32", "4294967295")]
    [InlineData("Int64", "-9223372036854775808")]
    [InlineData("UInt64", "18446744073709551615")]
    [InlineData("Single", "1.5")]
    [InlineData("Double", "-0.1")]
    [InlineData("Double", "\"NaN\"")]
    [InlineData("Double", "\"-Infinity\"")]
    [InlineData("Decimal", "12345.6700")]
    [InlineData("Char", "\"x\"")]
    [InlineData("DateTime", "\"2001-01-31T23:59:00.5Z\"")]
    [InlineData("DateTime", "\"2001-01-31T23:59:00\"")]
    [InlineData("DateTimeOffset", "\"2001-01-31T23:59:00+02:00\"")]
    [InlineData("DateOnly", "\"2001-01-31\"")]
    [InlineData("TimeSpan", "\"1.02:03:04.5000000\"")]
    [InlineData("Guid", "\"01234567-89ab-cdef-0123-456789abcdef\"")]
    [InlineData("String", "\"Gr\\u00FC\\u00DFe\"")]
    [InlineData("Bytes", "\"AAEC/w==\"")]
    public void A_value_of_each_kind_comes_back_as_it_was_written(string kind, string json)
    {
        var type = (MemberType)typeof(MemberType).GetProperty(kind)!.GetValue(null)!;
        RecordSchema schema = new("One", new RecordMember(1, "Value", type));

        Assert.Equal($$"""{"value":{{json}}}""", RoundTrip(schema, $$"""{"value":{{json}}}"""));
    }

    [Fact]
    public void Structs_arrays_enums_and_nulls_come_back_as_they_were_written()
    {
        RecordSchema schema = new(
            "Order",
            new RecordMember(1, "Buyer", MemberType.Struct(Person)) { IsNullable = true },
            new RecordMember(2, "Colours", MemberType.Array(Colour)),
            new RecordMember(3, "Notes", MemberType.Array(MemberType.String, nullableElements: true)),
            new RecordMember(4, "Count", MemberType.Int32) { IsNullable = true },
            new RecordMember(5, "People", MemberType.Array(MemberType.Struct(Person))));

        string json = """{"buyer":null,"colours":["Red",7,"Green"],"notes":["a",null,""],"count":null,"people":[{"name":"Ann","email":null}]}""";

        Assert.Equal(json, RoundTrip(schema, json));
        Assert.Equal(json.Replace("\"count\":null", "\"count\":3"), RoundTrip(schema, json.Replace("\"count\":null", "\"count\":3")));
    }

    [Fact]
    public void A_sensitive_member_is_masked_at_any_depth()
    {
        RecordSchema schema = new("Order", new RecordMember(1, "Buyer", MemberType.Struct(Person)));

        Assert.Equal("""{"buyer":{"name":"Ann","email":"***"}}""", RoundTrip(schema, """{"buyer":{"name":"Ann","email":"ann@example.org"}}"""));
    }

    [Theory]
    [InlineData("""{"id":1.5,"name":"a"}""", "'id' must be a whole number (Int32), not 1.5.")]
    [InlineData("""{"id":3000000000,"name":"a"}""", "'id' must be a whole number (Int32), not 3000000000.")]
    [InlineData("""{"id":"1","name":"a"}""", "'id' must be a whole number (Int32), not \"1\".")]
    [InlineData("""{"name":"a"}""", "'id' is missing: expected a whole number (Int32).")]
    [InlineData("""{"id":null,"name":"a"}""", "'id' must not be null: expected a whole number (Int32).")]
    [InlineData("""{"id":1,"name":"a","x":0}""", "'x' is no member of 'Item', which has id, name.")]
    [InlineData("""{"id":1,"name":"\ud800"}""", "'name' has half a surrogate pair, which is not text.")]
    [InlineData("[]", "'value' must be an object of id, name, not [].")]
    public void What_does_not_fit_is_refused_with_the_member_and_what_was_expected(string json, string message)
    {
        RecordSchema schema = new("Item", new RecordMember(1, "Id", MemberType.Int32), new RecordMember(2, "Name", MemberType.String));

        var mistake = Assert.Throws<RecordFormatException>(() => RoundTrip(schema, json));

        Assert.Equal(message, mistake.Message);
    }

    [Fact]
    public void A_mistake_inside_a_struct_in_an_array_names_the_whole_path()
    {
        RecordSchema schema = new("Group", new RecordMember(1, "People", MemberType.Array(MemberType.Struct(Person))));

        var mistake = Assert.Throws<RecordFormatException>(() => RoundTrip(schema, """{"people":[{"name":"a"},{"name":1}]}"""));

        Assert.Equal("'people[1].name' must be text, not 1.", mistake.Message);
    }

    [Fact]
    public void A_key_of_one_member_is_its_value()
    {
        RecordSchema schema = new("Item", new RecordMember(1, "Id", MemberType.Int32) { KeyOrder = 0 });
        JsonRecord record = Read(schema, """{"id":258}""");

        Assert.Equal([0, 0, 1, 2], record.Key.ToArray());
        Assert.Equal("258", KeyJson(schema, record.Key));
    }

    [Fact]
    public void A_key_of_several_members_is_an_object_and_makes_the_same_bytes_again()
    {
        RecordSchema schema = new(
            "Route",
            new RecordMember(1, "To", MemberType.String) { KeyOrder = 1 },
            new RecordMember(2, "From", MemberType.String) { KeyOrder = 0 },
            new RecordMember(3, "Day", MemberType.DateTimeOffset) { KeyOrder = 2 },
            new RecordMember(4, "Id", MemberType.Guid) { KeyOrder = 3 });
        const string Json = """{"to":"SFO","from":"LA","day":"1970-01-01T00:00:01+00:00","id":"01234567-89ab-cdef-0123-456789abcdef"}""";
        JsonRecord record = Read(schema, Json);

        string key = KeyJson(schema, record.Key);
        var again = new JsonRecord();
        again.ReadTombstone(schema, JsonDocument.Parse(key).RootElement);

        Assert.Equal((byte[])[0, 2, (byte)'L', (byte)'A', 0, 3, (byte)'S', (byte)'F', (byte)'O', 0, 0, 0, 0, 0, 0, 3, 0xE8], record.Key[..17].ToArray());
        Assert.Equal("""{"from":"LA","to":"SFO","day":"1970-01-01T00:00:01+00:00","id":"01234567-89ab-cdef-0123-456789abcdef"}""", key);
        Assert.Equal(record.Key.ToArray(), again.Key.ToArray());
    }

    [Fact]
    public void A_sensitive_key_is_masked()
    {
        RecordSchema schema = new("Item", new RecordMember(1, "Email", MemberType.String) { KeyOrder = 0, IsSensitive = true });

        Assert.Equal("\"***\"", KeyJson(schema, Read(schema, """{"email":"ann@example.org"}""").Key));
    }

    [Theory]
    [InlineData(TimeUnit.Seconds, 2, 2000)]
    [InlineData(TimeUnit.Milliseconds, 2, 2)]
    [InlineData(TimeUnit.Microseconds, -1, -1)]
    [InlineData(TimeUnit.Nanoseconds, 2_500_000, 2)]
    public void The_event_time_of_an_integer_counts_in_its_unit(TimeUnit unit, long ticks, long milliseconds)
    {
        RecordSchema schema = new("Tick", new RecordMember(1, "At", MemberType.Int64) { EventTime = unit });

        Assert.Equal(milliseconds, Read(schema, $$"""{"at":{{ticks}}}""").EventTime);
    }

    private static JsonRecord Read(RecordSchema schema, string json)
    {
        var record = new JsonRecord();
        record.Read(schema, JsonDocument.Parse(json).RootElement);
        return record;
    }

    private static string RoundTrip(RecordSchema schema, string json)
    {
        byte[] payload = Read(schema, json).Value.ToArray();
        return Write(writer =>
        {
            writer.WriteStartObject();
            SchemaJson.WritePayload(writer, schema, new RecordReader(payload, 0, payload.Length, new StringPool()));
            writer.WriteEndObject();
        });
    }

    private static string KeyJson(RecordSchema schema, ReadOnlySpan<byte> key)
    {
        byte[] bytes = key.ToArray();
        return Write(writer => SchemaJson.WriteKey(writer, schema, bytes));
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            write(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
