namespace Flowgen.Parsing.Models;

/// <summary>Where the codec of a key comes from.</summary>
public enum KeyCodecSource
{
    /// <summary>The runtime has it: <see cref="KeyModel.PredefinedCodec"/>.</summary>
    Predefined,

    /// <summary>Generated for an enum: one part.</summary>
    Enum,

    /// <summary>Generated for a tuple: several parts.</summary>
    Tuple,
}

/// <summary>The type of a key: one value or a tuple of several.</summary>
/// <param name="Type">The C# type of the key, such as <c>int</c> or <c>(string Country, int Page)</c>.</param>
/// <param name="Source">Where its codec comes from.</param>
/// <param name="Parts">The parts in their order.</param>
public sealed record KeyModel(TypeRef Type, KeyCodecSource Source, EquatableArray<KeyPartModel> Parts)
{
    /// <summary>The codec of the runtime; null where it is generated.</summary>
    public string? PredefinedCodec => Source == KeyCodecSource.Predefined ? Parts[0].Codec : null;

    /// <summary>Whether the bytes of a key of the one type are the bytes of an equal key of the other.</summary>
    /// <param name="other">The other key.</param>
    /// <returns>Whether both put a record into the same one of as many partitions.</returns>
    public bool HasSameBytes(KeyModel other) =>
        Parts.Count == other.Parts.Count && Parts.Zip(other.Parts, (a, b) => a.Type.FullName == b.Type.FullName).All(same => same);

    /// <summary>The names of the parts, for messages and pictures.</summary>
    public string Description => string.Join(", ", Parts.Select(p => p.Name));
}

/// <summary>One value of a key.</summary>
/// <param name="Name">The name of the member, or of the tuple element.</param>
/// <param name="Type">Its type.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Underlying">For an enum: its underlying type.</param>
public sealed record KeyPartModel(string Name, TypeRef Type, WireKind Kind, WireKind? Underlying)
{
    /// <summary>The codec of the runtime for a key of only this part; for an enum that of its underlying type.</summary>
    public string Codec => $"global::Flowgen.Runtime.{Underlying ?? Kind}Key";
}

/// <summary>How the key of a record is found.</summary>
public enum KeyAccessKind
{
    /// <summary>It is the record's own key: its codec knows it.</summary>
    Own,

    /// <summary>It is a member of the record that need not be its key: a table's <c>On</c>.</summary>
    Member,

    /// <summary>A static [KeyBy] method of the stage gives it.</summary>
    Method,
}

/// <summary>How the key of a record is found, and of which type it is.</summary>
/// <param name="Kind">How it is found.</param>
/// <param name="Key">Its type.</param>
/// <param name="Members">The members of the record that make the key; empty for a method.</param>
/// <param name="Method">The name of the method.</param>
/// <param name="PassesByReference">Whether the method takes the record with <c>in</c>.</param>
public sealed record KeyAccess(KeyAccessKind Kind, KeyModel Key, EquatableArray<string> Members, string? Method = null, bool PassesByReference = false)
{
    /// <summary>The C# expression of the key.</summary>
    /// <param name="record">The expression of the record.</param>
    /// <param name="stage">The name of the stage class, for the method.</param>
    /// <returns>An expression of the type of the key.</returns>
    public string Expression(string record, string stage) =>
        Kind == KeyAccessKind.Method ? $"{stage}.{Method}({(PassesByReference ? "in " : "")}{record})"
        : Members.Count == 1 ? $"{record}.{Members[0]}"
        : $"({string.Join(", ", Members.Select(m => $"{record}.{m}"))})";

    /// <summary>What the picture says.</summary>
    public string Description => Kind == KeyAccessKind.Method ? Method! : string.Join(", ", Members);
}
