using Flowgen.Parsing.Models;

namespace Flowgen.Parsing;

/// <summary>The types that generated code calls by their simple names, and where they are declared. A type of the user with such a name
/// is no mistake: the generator then writes full names, see <see cref="HiddenNames"/>.</summary>
public static class GeneratedWords
{
    private static readonly Dictionary<string, string> All = Collect(
        ("Flowgen", "Cleanup Firing FiringKind Meta Out StartAt Table Text TimeUnit Window"),
        ("Flowgen.Log", "BatchBuilder ByteBuffer KeyPart LogTimeUnit Murmur2 RecordLayout"),
        ("Flowgen.Runtime", "AppBuilder AppInfo Batch BatchOrigin EnumSchema IFlowApp IInput IKeyCodec IPartitioner IRecordCodec IStage IStateCodec ITableInput KeyBytes KeyHash KeyScratch KeyedOutBuffer KeyedStore MemberType "
            + "Operator OperatorNode OutBuffer PackedBool PackedDateOnly PackedDateTime PackedDateTimeOffset PackedDecimal RecordMember RecordReader RecordSchema RecordWriter SchemaElements SchemaMap SchemaMembers SchemaValue "
            + "StageBuilder StageInfo StageRef StageServices StateReader StateWriter Store TableStore TopicRef Unmanaged WindowMath WindowStore"),
        ("Flowgen.Runtime", string.Join(" ", Enum.GetNames(typeof(WireKind)).Select(kind => kind + "Key"))),
        ("System", "ArgumentOutOfRangeException Array DateOnly DateTime DateTimeOffset Guid InvalidOperationException ReadOnlyMemory ReadOnlySpan Span TimeProvider TimeSpan"),
        ("System.CodeDom.Compiler", "GeneratedCode"),
        ("System.Collections.Immutable", "ImmutableArray"),
        ("System.Diagnostics", "DebuggerNonUserCode"),
        ("System.Diagnostics.CodeAnalysis", "SuppressMessage"),
        ("System.Runtime.InteropServices", "ImmutableCollectionsMarshal LayoutKind StructLayout"),
        ("", "FixedPart Topology"));

    /// <summary>All of them, in order.</summary>
    public static IEnumerable<string> Names => All.Keys.OrderBy(name => name, StringComparer.Ordinal);

    /// <summary>The namespace of a type by its simple name (of an attribute: as it stands in brackets); empty for a type that is generated itself; null: generated code does not use the name.</summary>
    /// <param name="name">The simple name.</param>
    /// <returns>The namespace.</returns>
    public static string? NamespaceOf(string name) => All.TryGetValue(name, out string @namespace) ? @namespace : null;

    private static Dictionary<string, string> Collect(params (string Namespace, string Names)[] groups)
    {
        Dictionary<string, string> all = new(StringComparer.Ordinal);
        foreach ((string @namespace, string names) in groups)
            foreach (string name in names.Split(' ')) all.Add(name, @namespace);
        return all;
    }
}
