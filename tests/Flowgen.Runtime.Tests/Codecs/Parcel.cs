using System.Runtime.InteropServices;
using Flowgen.Log;

namespace Flowgen.Runtime.Tests.Codecs;

/// <summary>A record with one member of each shape; its codec is written as the generator writes them.</summary>
public readonly record struct Parcel(int Id, string City, Text Note, int Grams, double? Height, int[] Codes);

public readonly struct ParcelCodec : IRecordCodec<Parcel>
{
    public static RecordSchema Schema { get; } = new("Parcel",
        new RecordMember(1, "Id", MemberType.Int32) { KeyOrder = 0 },
        new RecordMember(2, "City", MemberType.String),
        new RecordMember(3, "Note", MemberType.String),
        new RecordMember(4, "Grams", MemberType.Int32),
        new RecordMember(5, "Height", MemberType.Double) { IsNullable = true },
        new RecordMember(6, "Codes", MemberType.Array(MemberType.Int32)));

    public static RecordLayout? Layout => null;

    public static bool HasKey => true;

    public static bool HasEventTime => false;

    public static bool HasHeaders => false;

    public static long EventTime(in Parcel record) => throw new InvalidOperationException("'Parcel' has no event time.");

    public static int PartitionHash(in Parcel record) => Int32Key.PartitionHash(record.Id);

    public static void WriteKey(in Parcel record, ByteBuffer to) => Int32Key.WriteKey(record.Id, to);

    public static void Write(in Parcel record, ByteBuffer to)
    {
        int start = RecordWriter.Begin<Fixed>(to);
        Fixed part = default;
        part.Id = record.Id;
        part.Grams = record.Grams;
        if (record.Height is { } height)
        {
            part.Present0 |= 1;
            part.Height = height;
        }

        part.CityLength = RecordWriter.WriteString(to, record.City, "City");
        part.NoteLength = RecordWriter.WriteText(to, record.Note);
        part.CodesLength = RecordWriter.WriteArray<int>(to, record.Codes);
        RecordWriter.End(to, start, in part);
    }

    public static void WriteHeaders(in Parcel record, BatchBuilder to)
    {
    }

    public static void Read(ref RecordReader reader, out Parcel record)
    {
        ref readonly Fixed part = ref reader.Fixed<Fixed>("Parcel");
        record = new Parcel(
            part.Id,
            reader.ReadString(part.CityLength, "City"),
            reader.ReadText(part.NoteLength, "Note"),
            part.Grams,
            (part.Present0 & 1) != 0 ? part.Height : null,
            reader.ReadArray<int>(part.CodesLength, "Codes"));
        reader.End("Parcel");
    }

    public static void ReadEvolved(ref RecordReader reader, SchemaMap map, out Parcel record)
    {
        int id = 0, grams = 0;
        string city = "";
        Text note = default;
        double? height = null;
        int[] codes = [];
        SchemaMembers members = reader.Members(map);
        while (members.MoveNext())
        {
            SchemaValue value = members.Current;
            switch (members.Number)
            {
                case 1: id = value.ToInt32(); break;
                case 2: city = value.ToText(); break;
                case 3: note = value.ToBorrowedText(); break;
                case 4: grams = value.ToInt32(); break;
                case 5: height = value.IsNull ? null : value.ToDouble(); break;
                case 6:
                    SchemaElements elements = value.Elements();
                    codes = new int[elements.Count];
                    for (int i = 0; elements.MoveNext(); i++) codes[i] = elements.Current.ToInt32();
                    break;
            }
        }

        record = new Parcel(id, city, note, grams, height, codes);
    }

    public static Parcel Own(in Parcel record) => record with { Note = record.Note.Own() };

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Fixed
    {
        public byte Present0;
        public int Id;
        public int CityLength;
        public int NoteLength;
        public int Grams;
        public double Height;
        public int CodesLength;
    }
}
