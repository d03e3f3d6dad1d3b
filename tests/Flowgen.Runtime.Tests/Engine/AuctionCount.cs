using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>How many bids an auction, or a bidder, had in a window.</summary>
public readonly record struct AuctionCount(long Auction, long Start, long Count);

public readonly struct AuctionCountCodec : IRecordCodec<AuctionCount>
{
    public static RecordSchema Schema { get; } = new(
        "AuctionCount",
        new RecordMember(1, "Auction", MemberType.Int64) { KeyOrder = 0 },
        new RecordMember(2, "Start", MemberType.Int64) { EventTime = TimeUnit.Milliseconds },
        new RecordMember(3, "Count", MemberType.Int64));

    public static RecordLayout? Layout { get; } = new(24, 8, LogTimeUnit.Milliseconds, new KeyPart(0, 8, BigEndian: true));

    public static bool HasKey => true;

    public static bool HasEventTime => true;

    public static bool HasHeaders => false;

    public static bool Borrows => false;

    public static long EventTime(in AuctionCount record) => record.Start;

    public static int PartitionHash(in AuctionCount record) => Int64Key.PartitionHash(record.Auction);

    public static void WriteKey(in AuctionCount record, ByteBuffer to) => to.WriteInt64BigEndian(record.Auction);

    public static void Write(in AuctionCount record, ByteBuffer to) => RecordWriter.WriteValue(to, in record);

    public static void WriteHeaders(in AuctionCount record, BatchBuilder to)
    {
    }

    public static void Read(ref RecordReader reader, out AuctionCount record) => record = reader.Read<AuctionCount>("AuctionCount");

    public static void ReadEvolved(ref RecordReader reader, SchemaMap map, out AuctionCount record) => Read(ref reader, out record);

    public static AuctionCount Own(in AuctionCount record) => record;
}
