namespace Flowgen.Parsing.Models;

/// <summary>The type of a member as it is written.</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="Type">The type without its nullability: <c>int</c> for <c>int?</c>, <c>string</c> for <c>string?</c>.</param>
/// <param name="IsNullable">Whether null can be written: <c>int?</c>, <c>string?</c>.</param>
/// <param name="FixedSize">Bytes in the fixed part of an encoded record; 0 where the length varies.</param>
/// <param name="Element">The element of an array, the underlying type of an enum.</param>
/// <param name="Nested">The members of a nested struct or record.</param>
public sealed record WireType(WireKind Kind, TypeRef Type, bool IsNullable, int FixedSize, WireType? Element = null, Shape? Nested = null)
{
    /// <summary>Whether each value has the same number of bytes.</summary>
    public bool IsFixed => FixedSize > 0;

    /// <summary>Whether the C# type is a value type (so that its nullable form is <c>Nullable&lt;T&gt;</c>).</summary>
    public bool IsValueType => Kind switch
    {
        WireKind.String or WireKind.Bytes or WireKind.Array => false,
        WireKind.Nested => Nested!.IsValueType,
        _ => true,
    };

    /// <summary>The type as C# declares it, with its question mark.</summary>
    public string Declaration => IsNullable ? Type.FullName + "?" : Type.FullName;
}

/// <summary>The members of a type and how a value of it is made again.</summary>
/// <param name="Type">The type.</param>
/// <param name="IsValueType">Whether it is a struct.</param>
/// <param name="Members">The members that are written, in order.</param>
public sealed record Shape(TypeRef Type, bool IsValueType, EquatableArray<MemberModel> Members)
{
    /// <summary>The members that the constructor takes, in the order of its parameters; the others are set by an initializer.</summary>
    public IEnumerable<MemberModel> ConstructorMembers => Members.Where(m => m.ConstructorPosition >= 0).OrderBy(m => m.ConstructorPosition);

    /// <summary>The members that an object initializer sets.</summary>
    public IEnumerable<MemberModel> InitializedMembers => Members.Where(m => m.ConstructorPosition < 0);

    /// <summary>Number of nullable members that are in the payload: the null bitmap has this many bits.</summary>
    public int NullableCount => Members.Count(m => m.Wire.IsNullable && m.Header is null);
}
