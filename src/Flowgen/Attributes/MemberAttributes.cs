namespace Flowgen;

/// <summary>Fixes the wire number of a member so that it can be renamed or moved.</summary>
/// <param name="number">1 to 65535, unique in its record. Members without it are numbered 1, 2, … in their order.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class FieldAttribute(int number) : Attribute
{
    /// <summary>The wire number.</summary>
    public int Number { get; } = number;

    /// <summary>The name in JSON and tools. Default: the member's name in camel case.</summary>
    public string? Name { get; set; }
}

/// <summary>A member kept in a record header instead of the payload.</summary>
/// <param name="name">The name of the header.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class HeaderAttribute(string name) : Attribute
{
    /// <summary>The name of the header.</summary>
    public string Name { get; } = name;
}

/// <summary>A member that tools show masked.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class SensitiveAttribute : Attribute;
