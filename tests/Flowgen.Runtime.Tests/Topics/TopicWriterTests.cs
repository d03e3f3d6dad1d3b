using Flowgen.Log;
using Flowgen.Runtime.Tests.Engine;

namespace Flowgen.Runtime.Tests.Topics;

public sealed class TopicWriterTests
{
    [Fact]
    public async Task A_record_that_cannot_be_written_leaves_the_others_as_they_are()
    {
        using LogDirectory directory = new();
        directory.Log.EnsureTopic("fussy", new TopicSettings(Partitions: 1));
        TopicWriter<Fussy, FussyCodec> writer = new(directory.Log, "fussy");

        writer.Add(new Fussy(1));
        Assert.Throws<RecordFormatException>(() => writer.Add(new Fussy(-1)));
        writer.Add(new Fussy(2));
        await writer.CommitAsync();

        using TopicReader<Fussy, FussyCodec> reader = new(directory.Log, "fussy");
        Assert.Equal([new Fussy(1), new Fussy(2)], reader.ReadToEnd());
    }

    [Fact]
    public async Task A_commit_takes_the_records_once()
    {
        using LogDirectory directory = new();
        directory.Log.EnsureTopic("fussy", new TopicSettings(Partitions: 1));
        TopicWriter<Fussy, FussyCodec> writer = new(directory.Log, "fussy");

        writer.Add(new Fussy(1));
        await writer.CommitAsync();
        await writer.CommitAsync();

        using TopicReader<Fussy, FussyCodec> reader = new(directory.Log, "fussy");
        Assert.Equal([new Fussy(1)], reader.ReadToEnd());
    }
}

/// <summary>A record of any length.</summary>
public readonly record struct Note(string Text);

public readonly struct NoteCodec : IRecordCodec<Note>
{
    public static RecordSchema Schema { get; } = new("Note", new RecordMember(1, "Text", MemberType.String));

    public static RecordLayout? Layout => null;

    public static bool HasKey => false;

    public static bool HasEventTime => false;

    public static bool HasHeaders => false;

    public static long EventTime(in Note record) => throw new InvalidOperationException("It has no event time of its own.");

    public static int PartitionHash(in Note record) => 0;

    public static void WriteKey(in Note record, ByteBuffer to)
    {
    }

    public static void Write(in Note record, ByteBuffer to)
    {
        to.WriteInt32(record.Text.Length);
        to.WriteUtf8(record.Text);
    }

    public static void WriteHeaders(in Note record, BatchBuilder to)
    {
    }

    public static void Read(ref RecordReader reader, out Note record)
    {
        int length = reader.Read<int>("Text");
        record = new Note(reader.ReadString(length, "Text"));
    }

    public static void ReadEvolved(ref RecordReader reader, SchemaMap map, out Note record) => Read(ref reader, out record);

    public static Note Own(in Note record) => record;
}

/// <summary>A record whose codec refuses negative numbers after it has written some of them.</summary>
public readonly record struct Fussy(int Number);

public readonly struct FussyCodec : IRecordCodec<Fussy>
{
    public static RecordSchema Schema { get; } = new("Fussy", new RecordMember(1, "Number", MemberType.Int32));

    public static RecordLayout? Layout => null;

    public static bool HasKey => false;

    public static bool HasEventTime => false;

    public static bool HasHeaders => false;

    public static long EventTime(in Fussy record) => throw new InvalidOperationException("It has no event time of its own.");

    public static int PartitionHash(in Fussy record) => 0;

    public static void WriteKey(in Fussy record, ByteBuffer to)
    {
    }

    public static void Write(in Fussy record, ByteBuffer to)
    {
        to.WriteInt32(record.Number);
        if (record.Number < 0) throw new RecordFormatException("Negative.");
    }

    public static void WriteHeaders(in Fussy record, BatchBuilder to)
    {
    }

    public static void Read(ref RecordReader reader, out Fussy record) => record = new Fussy(reader.Read<int>("Number"));

    public static void ReadEvolved(ref RecordReader reader, SchemaMap map, out Fussy record) => Read(ref reader, out record);

    public static Fussy Own(in Fussy record) => record;
}
