using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Records;

/// <summary>Writes what the engine asks a codec before it touches a record: layout, key, time, headers.</summary>
internal static class LayoutEmitter
{
    /// <summary>Writes the properties.</summary>
    public static void Write(RecordModel record, SourceWriter writer)
    {
        WriteLayout(record.Layout, writer);
        writer.Line();
        writer.Line($"public static bool HasKey => {Code.Literal(record.Key is not null)};");
        writer.Line();
        writer.Line($"public static bool HasEventTime => {Code.Literal(record.EventTime is not null)};");
        writer.Line();
        writer.Line($"public static bool HasHeaders => {Code.Literal(record.Shape.Members.Any(m => m.Header is not null))};");
        writer.Line();
        writer.Line($"public static bool Borrows => {Code.Literal(record.Shape.Members.Any(m => Wires.Borrows(m.Wire)))};");
    }

    private static void WriteLayout(LayoutModel? layout, SourceWriter writer)
    {
        if (layout is null)
        {
            writer.Line("public static RecordLayout? Layout => null;");
            return;
        }

        IEnumerable<string> parts = layout.KeyParts.Select(p => $", new KeyPart({p.Offset}, {p.Length}, BigEndian: {Code.Literal(p.BigEndian)})");
        writer.Line($"public static RecordLayout? Layout {{ get; }} = new(Stride: {layout.Stride}, TimeOffset: {layout.TimeOffset}, LogTimeUnit.{layout.TimeUnit}{string.Concat(parts)});");
    }
}
