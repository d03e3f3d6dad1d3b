using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>How payloads written with one schema are read with another: members find each other by number, types may widen,
/// what the writer did not know keeps its default. Computed once for each pair of schemas.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SchemaMap
{
    private readonly Dictionary<int, SchemaMap> _nested = [];

    /// <summary>Compares two schemas.</summary>
    /// <param name="writer">The schema with which payloads were written.</param>
    /// <param name="reader">The schema of the record type that reads them.</param>
    /// <exception cref="RecordFormatException">A member has changed in a way that loses values; the message names both sides.</exception>
    public SchemaMap(RecordSchema writer, RecordSchema reader)
        : this(writer, reader, 0)
    {
    }

    private SchemaMap(RecordSchema writer, RecordSchema reader, int depth)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(reader);
        if (depth > RecordReader.MaxDepth) throw new RecordFormatException($"The schema of '{writer.Name}' nests deeper than {RecordReader.MaxDepth} levels.");
        Writer = writer;
        Reader = reader;
        foreach (RecordMember target in reader.Payload)
        {
            RecordMember? source = writer.Payload.FirstOrDefault(member => member.Number == target.Number);
            if (source is not null) Connect(source, target, depth);
        }
    }

    /// <summary>The schema with which payloads were written.</summary>
    public RecordSchema Writer { get; }

    /// <summary>The schema of the record type that reads them.</summary>
    public RecordSchema Reader { get; }

    /// <summary>The map of a struct inside the record, or of the structs in an array.</summary>
    /// <param name="number">Wire number of the member.</param>
    /// <returns>The map.</returns>
    public SchemaMap Nested(int number) => _nested[number];

    private void Connect(RecordMember source, RecordMember target, int depth)
    {
        if (source.IsNullable && !target.IsNullable)
            throw Mismatch(source, target, "it was nullable, and null has no place in the new type: keep it nullable, or give it a new [Field] number");
        if (!Widens(source.Type, target.Type))
            throw Mismatch(source, target, "types may only widen (Int32 to Int64, Single to Double): give it a new [Field] number");
        (MemberType from, MemberType to) = (source.Type, target.Type);
        while (from.Kind == MemberKind.Array) (from, to) = (from.Element!, to.Element!);
        if (from.Record is not null) _nested.Add(target.Number, new SchemaMap(from.Record, to.Record!, depth + 1));
    }

    private RecordFormatException Mismatch(RecordMember source, RecordMember target, string why) =>
        new($"Member '{target.Name}' (number {target.Number}) of '{Reader.Name}' is {Describe(target)}, but records were written with {Describe(source)} '{source.Name}': {why}.");

    private static string Describe(RecordMember member) => $"{member.Type}{(member.IsNullable ? "?" : "")}";

    private static bool Widens(MemberType from, MemberType to)
    {
        if (from.Kind == MemberKind.Array || to.Kind == MemberKind.Array)
            return from.Kind == to.Kind && Widens(from.Element!, to.Element!) && (to.HasNullableElements || !from.HasNullableElements);
        if (from.Kind == MemberKind.Struct || to.Kind == MemberKind.Struct)
            return from.Kind == to.Kind;
        return Widening.IsAllowed(Integer(from), Integer(to));
    }

    private static MemberKind Integer(MemberType type) => type.Kind == MemberKind.Enum ? type.Underlying!.Kind : type.Kind;
}
