using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>One member of a record type.</summary>
/// <param name="Number">The wire number, 1 to 65535, unique in its record.</param>
/// <param name="Name">The name in C#.</param>
/// <param name="Type">What its bytes are.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record RecordMember(int Number, string Name, MemberType Type)
{
    /// <summary>The name in JSON and tools.</summary>
    public string JsonName { get; init; } = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(Name);

    /// <summary>Whether it can be null.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Position in the key, from 0; -1 if it is not part of the key.</summary>
    public int KeyOrder { get; init; } = -1;

    /// <summary>The unit, if it is the event time; <see cref="Flowgen.TimeUnit.Milliseconds"/> where the type has a unit of its own.</summary>
    public TimeUnit? EventTime { get; init; }

    /// <summary>Name of the header that keeps it; null if it is in the payload.</summary>
    public string? Header { get; init; }

    /// <summary>Whether it is computed from other members, so that it is in the key or the time but not in the payload.</summary>
    public bool IsComputed { get; init; }

    /// <summary>Whether tools mask it.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Whether it lies in the payload.</summary>
    public bool IsInPayload => Header is null && !IsComputed;
}
