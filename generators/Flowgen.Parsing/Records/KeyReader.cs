using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Reads which members are the key of a record, and whether a type can be one.</summary>
internal sealed class KeyReader(WireTypes wires)
{
    /// <summary>The key of a record; null where it has none, or a wrong one.</summary>
    public KeyAccess? Read(INamedTypeSymbol record, List<MemberDeclaration> members, ProblemList problems)
    {
        (MemberDeclaration Member, AttributeData Attribute, int Order)[] keys = [.. members
            .Select(m => (Member: m, Attribute: m.Attribute("Key")))
            .Where(m => m.Attribute is not null)
            .Select(m => (m.Member, m.Attribute!, m.Attribute!.First<int>()))
            .OrderBy(m => m.Item3)];
        if (keys.Length == 0) return null;

        if (keys.Length > 1 && keys.Where((key, i) => key.Order != i).Select(key => key.Attribute).FirstOrDefault() is not null)
        {
            problems.Add(ProblemKind.KeyMemberOrder, Declarations.LocationOf(record), record.Name);
            return null;
        }

        var parts = new List<KeyPartModel>();
        foreach ((MemberDeclaration member, _, _) in keys)
        {
            if (Part(member.Name, member.Type, out string reason) is { } part) parts.Add(part);
            else if (member.Type.TypeKind == TypeKind.Error) problems.NoteCompilerError();
            else problems.Add(ProblemKind.TypeCannotBeKey, member.Location, TypeRefs.Display(member.Type), reason);
            if (member.Attribute("Sensitive") is not null) problems.Add(ProblemKind.SensitiveKey, member.Location, member.Name);
        }

        if (parts.Count < keys.Length) return null;
        if (keys.Length == 1) ReportFewValues(keys[0].Member, problems);
        return new KeyAccess(KeyAccessKind.Own, Model(parts), keys.Select(k => k.Member.Name).ToEquatable());
    }

    /// <summary>The key that a [KeyBy] method returns or a member holds; null: it cannot be one.</summary>
    public KeyModel? Read(string name, ITypeSymbol type, out string reason)
    {
        if (type is not INamedTypeSymbol { IsTupleType: true } tuple)
            return Part(name, type, out reason) is { } part ? Model([part]) : null;

        reason = "";
        var parts = new List<KeyPartModel>();
        foreach (IFieldSymbol element in tuple.TupleElements)
        {
            if (Part(element.Name, element.Type, out reason) is not { } elementPart) return null;
            parts.Add(elementPart);
        }

        return Model(parts);
    }

    private KeyPartModel? Part(string name, ITypeSymbol type, out string reason)
    {
        WireType? wire = wires.Of(type);
        reason = wire switch
        {
            { IsNullable: true } => "it can be null",
            { Kind: WireKind.Single or WireKind.Double } => "floating-point numbers do not compare exactly",
            { Kind: WireKind.Bytes or WireKind.Memory or WireKind.Array or WireKind.ImmutableArray } => "it has no value equality",
            { Kind: WireKind.Nested } => "mark its members with [Key] through computed properties",
            null => "use a number, string, Text, Guid, an enum or a date",
            _ => "",
        };
        return reason.Length > 0 ? null : new KeyPartModel(name, wire!.Type, wire.Kind, wire.Kind == WireKind.Enum ? wire.Element!.Kind : null);
    }

    private static KeyModel Model(List<KeyPartModel> parts)
    {
        if (parts.Count == 1) return new KeyModel(parts[0].Type, parts[0].Kind == WireKind.Enum ? KeyCodecSource.Enum : KeyCodecSource.Predefined, parts.ToEquatable());
        string full = $"({string.Join(", ", parts.Select(p => $"{p.Type.FullName} {p.Name}"))})";
        string shorter = $"({string.Join(", ", parts.Select(p => $"{p.Type.ShortName} {p.Name}"))})";
        return new KeyModel(new TypeRef(full, shorter, ""), KeyCodecSource.Tuple, parts.ToEquatable());
    }

    private static void ReportFewValues(MemberDeclaration key, ProblemList problems)
    {
        int? values = key.Type.SpecialType == SpecialType.System_Boolean ? 2
            : key.Type.TypeKind == TypeKind.Enum ? key.Type.GetMembers().OfType<IFieldSymbol>().Where(f => f.IsConst).Select(f => f.ConstantValue).Distinct().Count()
            : null;
        if (values is { } count) problems.Add(ProblemKind.FewKeyValues, key.Location, key.Name, count.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
