using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Engine;

/// <summary>A record that is stored as its own memory.</summary>
public readonly record struct Bid(long Auction, long Bidder, long Price, long Time);

public readonly struct BidCodec : IRecordCodec<Bid>
{
    public static RecordSchema Schema { get; } = new(
        "Bid",
        new RecordMember(1, "Auction", MemberType.Int64) { KeyOrder = 0 },
        new RecordMember(2, "Bidder", MemberType.Int64),
        new RecordMember(3, "Price", MemberType.Int64),
        new RecordMember(4, "Time", MemberType.Int64) { EventTime = TimeUnit.Milliseconds });

    public static RecordLayout? Layout { get; } = new(32, 24, LogTimeUnit.Milliseconds, new KeyPart(0, 8, BigEndian: true));

    public static bool HasKey => true;

    public static bool HasEventTime => true;

    public static bool HasHeaders => false;

    public static bool Borrows => false;

    public static long EventTime(in Bid record) => record.Time;

    public static int PartitionHash(in Bid record) => Int64Key.PartitionHash(record.Auction);

    public static void WriteKey(in Bid record, ByteBuffer to) => to.WriteInt64BigEndian(record.Auction);

    public static void Write(in Bid record, ByteBuffer to) => RecordWriter.WriteValue(to, in record);

    public static void WriteHeaders(in Bid record, BatchBuilder to)
    {
    }

    public static void Read(ref RecordReader reader, out Bid record) => record = reader.Read<Bid>("Bid");

    public static void ReadEvolved(ref RecordReader reader, SchemaMap map, out Bid record) => Read(ref reader, out record);

    public static Bid Own(in Bid record) => record;
}

/// <summary>Groups bids by who bids.</summary>
public readonly struct ByBidder : IPartitioner<Bid>
{
    public static int Hash(in Bid record) => Int64Key.PartitionHash(record.Bidder);
}

/// <summary>Groups bids by their own key.</summary>
public readonly struct ByAuction : IPartitioner<Bid>
{
    public static int Hash(in Bid record) => Int64Key.PartitionHash(record.Auction);
}
