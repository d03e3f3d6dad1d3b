using System.Text;
using Flowgen.Runtime;

namespace Flowgen.Generators.Tests.Behaviour;

public class MemberTests
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 6, 12, 0, 0, 123, TimeSpan.FromHours(2));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Numbers_come_back(bool largest)
    {
        Numbers numbers = largest
            ? new(true, byte.MaxValue, sbyte.MaxValue, char.MaxValue, short.MaxValue, ushort.MaxValue, int.MaxValue, uint.MaxValue, long.MaxValue, ulong.MaxValue, float.MaxValue, double.MaxValue, decimal.MaxValue)
            : new(false, byte.MinValue, sbyte.MinValue, char.MinValue, short.MinValue, ushort.MinValue, int.MinValue, uint.MinValue, long.MinValue, ulong.MinValue, float.MinValue, double.MinValue, decimal.MinValue);

        Assert.Equal(numbers, Codecs.RoundTrip<Numbers, NumbersCodec>(in numbers));
    }

    [Fact]
    public void Values_come_back()
    {
        Values values = new(Noon, Noon.UtcDateTime, new DateOnly(2024, 2, 29), TimeSpan.FromTicks(-7), Guid.Parse("01234567-89ab-cdef-0123-456789abcdef"), Color.Green, "Zürich", "wörd", [1, 2], new byte[] { 3 }, new(1.5, -2), new(7, "Ada", new(3, 4)));

        Values read = Codecs.RoundTrip<Values, ValuesCodec>(in values);

        Assert.Equal([1, 2], read.Bytes);
        Assert.Equal([3], read.Memory.ToArray());
        Assert.Equal(values with { Bytes = [], Memory = default }, read with { Bytes = values.Bytes[..0], Memory = default } with { Bytes = [] });
        Assert.Equal(TimeSpan.FromHours(2), read.Offset.Offset);
        Assert.Equal(DateTimeKind.Utc, read.Utc.Kind);
    }

    [Fact]
    public void Nulls_come_back()
    {
        Nullables nulls = default;

        Assert.Equal(nulls, Codecs.RoundTrip<Nullables, NullablesCodec>(in nulls));
    }

    [Fact]
    public void Values_of_nullable_members_come_back()
    {
        Nullables values = new(true, -1, 1.50m, Noon, Noon.UtcDateTime, DateOnly.MaxValue, Guid.Empty, Color.Red, "", "x", [], new byte[] { 9 }, new(1, 2), new(1, "", null), [4, 5]);

        Nullables read = Codecs.RoundTrip<Nullables, NullablesCodec>(in values);

        Assert.Equal([], read.Bytes!);
        Assert.Equal([9], read.Memory!.Value.ToArray());
        Assert.Equal([4, 5], read.Numbers!.Value.ToArray());
        Assert.Equal(values with { Bytes = null, Memory = null, Numbers = null }, read with { Bytes = null, Memory = null, Numbers = null });
    }

    [Fact]
    public void Lists_come_back()
    {
        Lists lists = new([1, -2], [true, false], ["a", ""], [1.5m, null], ["x", null], [Color.Red, Color.Green], [Noon], [new(1, 2)], [new(1, "Ada", null), new(2, "Bob", new(5, 6))], [[1], [], [2, 3]], ["w"], [Guid.Empty]);

        Lists read = Codecs.RoundTrip<Lists, ListsCodec>(in lists);

        Assert.Equal(lists.Numbers, read.Numbers);
        Assert.Equal(lists.Flags, read.Flags);
        Assert.Equal(lists.Names, read.Names);
        Assert.Equal(lists.Prices, read.Prices);
        Assert.Equal(lists.Notes, read.Notes);
        Assert.Equal(lists.Colors, read.Colors);
        Assert.Equal(lists.Times.ToArray(), read.Times.ToArray());
        Assert.Equal(lists.Points.ToArray(), read.Points.ToArray());
        Assert.Equal(lists.People, read.People);
        Assert.Equal(lists.Rows, read.Rows);
        Assert.Equal(lists.Words, read.Words);
        Assert.Equal(lists.Ids, read.Ids);
    }

    [Fact]
    public void Lists_that_were_never_set_come_back_empty()
    {
        Lists read = Codecs.RoundTrip<Lists, ListsCodec>(default);

        Assert.Empty(read.Numbers);
        Assert.Empty(read.Names);
        Assert.Empty(read.Times);
    }

    [Fact]
    public void Init_properties_of_a_class_come_back()
    {
        Note note = new() { Title = "Read me", Stars = 4 };

        Assert.Equal(note, Codecs.RoundTrip<Note, NoteCodec>(in note));
    }

    [Fact]
    public void A_record_of_numbers_is_stored_as_its_memory()
    {
        Measured measured = new(5, 1.25f, 1_700_000_000_000_001);

        byte[] payload = Codecs.Write<Measured, MeasuredCodec>(in measured);

        Assert.Equal(16, MeasuredCodec.Layout!.Stride);
        Assert.Equal(16, payload.Length);
        Assert.Equal(5, BitConverter.ToInt32(payload));
        Assert.Equal(measured, Codecs.Read<Measured, MeasuredCodec>(payload));
    }

    [Theory]
    [InlineData(1_700_000_000_000_999, 1_700_000_000_000)]
    [InlineData(-1, -1)]
    [InlineData(-1_000, -1)]
    public void Event_time_in_microseconds_is_rounded_down(long microseconds, long milliseconds) =>
        Assert.Equal(milliseconds, MeasuredCodec.EventTime(new Measured(1, 0, microseconds)));

    [Fact]
    public void Text_and_bytes_of_an_owned_record_do_not_change_with_the_buffer()
    {
        Values values = new(Noon, default, default, default, default, default, "", "word", [], new byte[] { 3 }, default, default);
        byte[] payload = Codecs.Write<Values, ValuesCodec>(in values);
        RecordReader reader = new(payload, 0, payload.Length, new StringPool());
        ValuesCodec.Read(ref reader, out Values borrowed);

        Values owned = ValuesCodec.Own(in borrowed);
        payload.AsSpan().Fill((byte)'x');

        Assert.Equal("xxxx", borrowed.Word.ToString());
        Assert.Equal("word", owned.Word.ToString());
        Assert.Equal([3], owned.Memory.ToArray());
    }

    [Fact]
    public void The_first_bytes_are_the_fixed_part_and_text_follows()
    {
        Person person = new(0x01020304, "Ada", null);
        byte[] payload = Codecs.Write<Wrapped, WrappedCodec>(new Wrapped(person, "z"));

        // length of the person, length of the text; person: null bitmap, id, length of the name, no home; name; text
        byte[] expected = [28, 0, 0, 0, 1, 0, 0, 0, 0, 4, 3, 2, 1, 3, 0, 0, 0, .. new byte[16], .. Encoding.UTF8.GetBytes("Ada"), (byte)'z'];
        Assert.Equal(expected, payload);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(30)]
    public void A_payload_that_is_cut_off_is_refused(int length)
    {
        byte[] payload = Codecs.Write<Wrapped, WrappedCodec>(new Wrapped(new(1, "Ada", null), "z"));

        RecordFormatException error = Assert.Throws<RecordFormatException>(() => Codecs.Read<Wrapped, WrappedCodec>(payload[..length]));
        Assert.Contains("payload", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_behind_the_last_member_are_refused()
    {
        byte[] payload = [.. Codecs.Write<Wrapped, WrappedCodec>(new Wrapped(new(1, "Ada", null), "z")), 0];

        Assert.Throws<RecordFormatException>(() => Codecs.Read<Wrapped, WrappedCodec>(payload));
    }
}

[Stream]
public readonly record struct Wrapped(Person Person, string Text);
