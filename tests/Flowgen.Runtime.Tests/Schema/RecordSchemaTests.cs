using System.Text;

namespace Flowgen.Runtime.Tests.Schema;

public class RecordSchemaTests
{
    private static readonly RecordSchema Everything = new("Order",
        new RecordMember(1, "Id", MemberType.Guid) { KeyOrder = 1 },
        new RecordMember(2, "Region", MemberType.String) { KeyOrder = 0, IsSensitive = true },
        new RecordMember(3, "At", MemberType.Int64) { EventTime = TimeUnit.Seconds },
        new RecordMember(4, "Trace", MemberType.String) { Header = "trace-id", IsNullable = true },
        new RecordMember(5, "Total", MemberType.Decimal) { IsComputed = true },
        new RecordMember(6, "Colour", MemberType.Enum("Colour", MemberType.SByte, new EnumName("None", 0), new EnumName("Odd", -1))),
        new RecordMember(7, "Buyer", MemberType.Struct(new RecordSchema("Person", new RecordMember(1, "Name", MemberType.String)))),
        new RecordMember(8, "Tags", MemberType.Array(MemberType.String, nullableElements: true)) { JsonName = "labels" });

    [Fact]
    public void A_schema_comes_back_from_its_JSON()
    {
        byte[] json = Everything.ToJson();
        RecordSchema read = RecordSchema.Parse(json);
        Assert.Equal(Everything, read);
        Assert.Equal(json, read.ToJson());
        Assert.Equal(Everything.GetHashCode(), read.GetHashCode());
    }

    [Fact]
    public void Key_members_are_in_the_order_of_the_key_and_headers_are_not_in_the_payload()
    {
        Assert.Equal(["Region", "Id"], Everything.Key.Select(member => member.Name));
        Assert.Equal([1, 2, 3, 6, 7, 8], Everything.Payload.Select(member => member.Number));
        Assert.Equal(0, Everything.NullBytes);
        Assert.Equal(16 + 4 + 8 + 1 + 4 + 4, Everything.FixedSize);
        Assert.False(Everything.IsFixed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"name":"A","members":[{"number":1,"name":"B","json":"b","type":"Int128"}]}""")]
    [InlineData("""{"name":"A","members":[{"number":1,"name":"B","json":"b","type":"Array"}]}""")]
    [InlineData("""{"name":"A","members":[{"number":1,"name":"B","json":"b","type":"Int32"},{"number":1,"name":"C","json":"c","type":"Int32"}]}""")]
    [InlineData("""{"name":"A","members":[{"number":"1","name":"B","json":"b","type":"Int32"}]}""")]
    public void Bytes_that_are_no_schema_are_refused(string json) =>
        Assert.Contains("schema", Assert.Throws<RecordFormatException>(() => RecordSchema.Parse(Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_schema_that_nests_too_deep_is_refused()
    {
        string type = "\"Int32\"";
        for (int i = 0; i < 100; i++) type = $$"""{"array":{{type}}}""";
        string json = $$"""{"name":"A","members":[{"number":1,"name":"B","json":"b","type":{{type}}}]}""";
        Assert.Contains("64", Assert.Throws<RecordFormatException>(() => RecordSchema.Parse(Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_members_with_one_number_or_one_JSON_name_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new RecordSchema("A", new RecordMember(1, "B", MemberType.Int32), new RecordMember(1, "C", MemberType.Int32)));
        Assert.Throws<ArgumentException>(() => new RecordSchema("A", new RecordMember(1, "B", MemberType.Int32), new RecordMember(2, "b", MemberType.Int32)));
    }

    [Fact]
    public void A_schema_says_what_it_is() => Assert.StartsWith("Order(Guid Id, String Region, Int64 At, String? Trace", Everything.ToString(), StringComparison.Ordinal);
}
