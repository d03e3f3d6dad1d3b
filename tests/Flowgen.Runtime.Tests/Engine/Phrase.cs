using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>A record that borrows the bytes it was read from, with a header, and without an event time of its own.</summary>
public readonly record struct Phrase(Text Words, string? Trace);

public readonly struct PhraseCodec : IRecordCodec<Phrase>
{
    public static RecordSchema Schema { get; } = new(
        "Phrase",
        new RecordMember(1, "Words", MemberType.String) { KeyOrder = 0 },
        new RecordMember(2, "Trace", MemberType.String) { Header = "trace", IsNullable = true });

    public static RecordLayout? Layout => null;

    public static bool HasKey => true;

    public static bool HasEventTime => false;

    public static bool HasHeaders => true;

    public static bool Borrows => true;

    public static long EventTime(in Phrase record) => throw new InvalidOperationException("A phrase has no event time of its own.");

    public static int PartitionHash(in Phrase record) => TextKey.PartitionHash(record.Words);

    public static void WriteKey(in Phrase record, ByteBuffer to) => TextKey.WriteKey(record.Words, to);

    public static void Write(in Phrase record, ByteBuffer to)
    {
        int start = RecordWriter.Begin<int>(to);
        int length = record.Words.Length;
        to.Write(record.Words.Bytes);
        RecordWriter.End(to, start, in length);
    }

    public static void WriteHeaders(in Phrase record, BatchBuilder to)
    {
        if (record.Trace is not null) to.AddHeader("trace", System.Text.Encoding.UTF8.GetBytes(record.Trace));
    }

    public static void Read(ref RecordReader reader, out Phrase record)
    {
        int length = reader.Read<int>("Words");
        record = new Phrase(reader.ReadText(length, "Words"), reader.HeaderString("trace", "Trace"));
    }

    public static void ReadEvolved(ref RecordReader reader, SchemaMap map, out Phrase record) => Read(ref reader, out record);

    public static Phrase Own(in Phrase record) => record with { Words = record.Words.Own() };
}

public readonly struct ByWords : IPartitioner<Phrase>
{
    public static int Hash(in Phrase record) => TextKey.PartitionHash(record.Words);
}
