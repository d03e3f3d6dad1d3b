namespace Flowgen.Parsing.Models;

/// <summary>A record type: everything its codec is written from.</summary>
/// <param name="Type">The type.</param>
/// <param name="CodecName">Simple name of the codec, which stands in the namespace of the record.</param>
/// <param name="Accessibility"><c>public</c> or <c>internal</c>.</param>
/// <param name="Shape">Its members, and how a value is made again.</param>
/// <param name="Key">Its own key; null: none.</param>
/// <param name="EventTime">Its event time; null: none.</param>
/// <param name="Layout">Where the parts lie in memory; null: records are encoded member by member.</param>
/// <param name="HintName">Name of the generated file, without its extension; unique in the compilation.</param>
/// <param name="HiddenNames">The names of runtime types that mean something else in the namespace, in order: they are written in full there.</param>
public sealed record RecordModel(
    TypeRef Type,
    string CodecName,
    string Accessibility,
    Shape Shape,
    KeyAccess? Key,
    EventTimeModel? EventTime,
    LayoutModel? Layout,
    string HintName,
    EquatableArray<string> HiddenNames)
{
    /// <summary>Full name of the codec.</summary>
    public string CodecFullName => Type.Namespace.Length == 0 ? $"global::{CodecName}" : $"global::{Type.Namespace}.{CodecName}";
}

/// <summary>The memory of a record that is stored as it is.</summary>
/// <param name="Stride">Its size in bytes.</param>
/// <param name="TimeOffset">Where the event time lies; -1: the record has none.</param>
/// <param name="TimeUnit">Its unit, as in <see cref="EventTimeModel.Unit"/>.</param>
/// <param name="KeyParts">Where the parts of the key lie, in key order.</param>
public sealed record LayoutModel(int Stride, int TimeOffset, string TimeUnit, EquatableArray<KeyPartLayout> KeyParts);

/// <summary>Where a part of the key lies.</summary>
/// <param name="Offset">Offset in the record, in bytes.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="BigEndian">Whether the key has the bytes in reverse order: all numbers of more than one byte.</param>
public sealed record KeyPartLayout(int Offset, int Length, bool BigEndian);
