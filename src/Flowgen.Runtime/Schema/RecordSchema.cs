using System.Collections.Immutable;
using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>The shape of a record type: what a tool needs to read its bytes without the assembly.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RecordSchema : IEquatable<RecordSchema>
{
    /// <summary>Describes a record type.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="members">Its members in the order of their bytes.</param>
    /// <exception cref="ArgumentException">Two members have the same number or JSON name.</exception>
    public RecordSchema(string name, params ReadOnlySpan<RecordMember> members)
    {
        Name = name;
        Members = [.. members];
        Payload = [.. Members.Where(member => member.IsInPayload)];
        Key = [.. Members.Where(member => member.KeyOrder >= 0).OrderBy(member => member.KeyOrder)];
        NullBytes = (Payload.Count(member => member.IsNullable) + 7) / 8;
        FixedSize = NullBytes + Payload.Sum(member => member.Type.IsFixed ? member.Type.FixedSize : sizeof(int));
        IsFixed = Payload.All(member => member.Type.IsFixed);
        RefuseDuplicates();
    }

    /// <summary>Name of the record type.</summary>
    public string Name { get; }

    /// <summary>All members.</summary>
    public ImmutableArray<RecordMember> Members { get; }

    /// <summary>The members in the payload, in the order of their bytes.</summary>
    public ImmutableArray<RecordMember> Payload { get; }

    /// <summary>The members of the key, in the order of the key.</summary>
    public ImmutableArray<RecordMember> Key { get; }

    /// <summary>Bytes of the null bitmap.</summary>
    public int NullBytes { get; }

    /// <summary>Bytes of the null bitmap and the fixed part.</summary>
    public int FixedSize { get; }

    /// <summary>Whether there are only members of fixed size.</summary>
    public bool IsFixed { get; }

    /// <summary>Reads a schema as it is stored with a topic.</summary>
    /// <param name="json">UTF-8 JSON, written by <see cref="ToJson"/>.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="RecordFormatException">The bytes are not a schema.</exception>
    public static RecordSchema Parse(ReadOnlySpan<byte> json) => RecordSchemaJson.Read(json);

    /// <summary>The schema as it is stored with a topic: equal schemas give equal bytes.</summary>
    /// <returns>UTF-8 JSON.</returns>
    public byte[] ToJson() => RecordSchemaJson.Write(this);

    /// <inheritdoc/>
    public bool Equals(RecordSchema? other) =>
        ReferenceEquals(this, other) || (other is not null && Name == other.Name && Members.AsSpan().SequenceEqual(other.Members.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RecordSchema);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Members.Length);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}({string.Join(", ", Members.Select(member => $"{member.Type}{(member.IsNullable ? "?" : "")} {member.Name}"))})";

    private void RefuseDuplicates()
    {
        foreach (IGrouping<int, RecordMember> same in Members.GroupBy(member => member.Number).Where(same => same.Count() > 1))
            throw new ArgumentException($"Members {string.Join(" and ", same.Select(member => $"'{member.Name}'"))} of '{Name}' have the same number {same.Key}.");
        foreach (IGrouping<string, RecordMember> same in Members.GroupBy(member => member.JsonName).Where(same => same.Count() > 1))
            throw new ArgumentException($"Members {string.Join(" and ", same.Select(member => $"'{member.Name}'"))} of '{Name}' have the same JSON name '{same.Key}'.");
    }
}
