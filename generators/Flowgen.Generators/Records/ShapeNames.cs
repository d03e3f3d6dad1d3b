using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Records;

/// <summary>The shapes in a record: itself, and each struct nested in it, with a name for their helpers.</summary>
internal sealed class ShapeNames
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Collects the nested shapes of a record.</summary>
    public ShapeNames(Shape root) => Collect(root);

    /// <summary>The nested shapes, each once, in the order in which they are met.</summary>
    public List<WireType> Nested { get; } = [];

    /// <summary>The name for the helpers of a nested shape.</summary>
    public string this[WireType nested] => _names[nested.Type.FullName];

    /// <summary>The name for the helpers of a type; empty for the record itself.</summary>
    public string NameOf(TypeRef type) => _names.TryGetValue(type.FullName, out string name) ? name : "";

    /// <summary>The name for the helpers of an array member; never that of a struct.</summary>
    public string ArrayOf(TypeRef owner, string member)
    {
        string name = NameOf(owner) + member;
        return _taken.Contains(name) || name is "Headers" or "Key" ? name + "Array" : name;
    }

    private void Collect(Shape shape)
    {
        foreach (MemberModel member in shape.Members) Collect(member.Wire);
    }

    private void Collect(WireType wire)
    {
        if (wire.Element is { } element) Collect(element);
        if (wire.Nested is not { } nested || _names.ContainsKey(wire.Type.FullName)) return;
        string name = wire.Type.Name;
        for (int i = 2; !_taken.Add(name); i++) name = wire.Type.Name + i;
        _names.Add(wire.Type.FullName, name);
        Nested.Add(wire);
        Collect(nested);
    }
}
