using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>A key by which a step needs its records grouped.</summary>
/// <param name="Access">How the key of a record is found.</param>
/// <param name="Members">The members of the record that make it, if that is known of a method too; empty: only the method knows.</param>
/// <param name="Method">The [KeyBy] method, if there is one.</param>
internal sealed record KeyDemand(KeyAccess Access, EquatableArray<string> Members, StepDeclaration? Method)
{
    public KeyModel Key => Access.Key;

    /// <summary>What the picture says.</summary>
    public string Description => Members.IsEmpty ? Access.Description : string.Join(", ", Members);
}

/// <summary>What is known of the key by which an operator is partitioned, in terms of a record that flows in it: for each part of the key, the members that equal it.</summary>
internal sealed class KeyFacts
{
    private readonly HashSet<string>[] _members;
    private readonly StepDeclaration? _method;

    private KeyFacts(KeyModel key, HashSet<string>[] members, StepDeclaration? method)
    {
        Key = key;
        _members = members;
        _method = method;
    }

    public KeyModel Key { get; }

    /// <summary>What is known of records that were just grouped by a key.</summary>
    public static KeyFacts Of(KeyDemand demand) => new(
        demand.Key,
        [.. demand.Key.Parts.Select((_, i) => demand.Members.IsEmpty ? new HashSet<string>() : [demand.Members[i]])],
        demand.Method);

    /// <summary>Whether records that are grouped as known are grouped as needed.</summary>
    public bool Satisfies(KeyDemand demand)
    {
        if (!Key.HasSameBytes(demand.Key)) return false;
        if (demand.Method is not null && demand.Method == _method) return true;
        return !demand.Members.IsEmpty && demand.Members.Select((member, i) => _members[i].Contains(member)).All(known => known);
    }

    /// <summary>What is known of the records that a step makes from these.</summary>
    /// <param name="sources">For each member of a made record: what it was set to.</param>
    /// <param name="key">The key that the step was given as a parameter.</param>
    /// <param name="ofKey">Whether that parameter is the key by which the operator is partitioned, whatever it is made of.</param>
    public KeyFacts Through(IReadOnlyDictionary<string, ValueSource> sources, KeyDemand? key, bool ofKey = false)
    {
        var members = new HashSet<string>[_members.Length];
        bool keyIsOurs = ofKey || (key is not null && Satisfies(key));
        for (int part = 0; part < members.Length; part++)
        {
            members[part] = [];
            foreach (KeyValuePair<string, ValueSource> made in sources)
            {
                bool isKeyPart = keyIsOurs && made.Value.IsKeyPart(part);
                string? from = made.Value.Member ?? (key is { Members.IsEmpty: false } && made.Value.KeyPart is { } i and >= 0 && i < key.Members.Count ? key.Members[i] : null);
                if (isKeyPart || (from is not null && _members[part].Contains(from))) members[part].Add(made.Key);
            }
        }

        return new KeyFacts(Key, members, null);
    }

    /// <summary>What is known of records of which nothing but the partition is known.</summary>
    public KeyFacts Forget() => new(Key, [.. _members.Select(_ => new HashSet<string>())], null);

    /// <summary>What is known of records that come from two places.</summary>
    public static KeyFacts? Both(KeyFacts? left, KeyFacts? right)
    {
        if (left is null || right is null || !left.Key.HasSameBytes(right.Key)) return null;
        return new KeyFacts(
            left.Key,
            [.. left._members.Select((members, i) => new HashSet<string>(members.Intersect(right._members[i])))],
            left._method == right._method ? left._method : null);
    }
}

/// <summary>What a member of a made record was set to: a member of the record that the step took, or a part of its key parameter.</summary>
internal readonly record struct ValueSource(string? Member, int? KeyPart)
{
    /// <summary>Stands for a whole key of one part.</summary>
    public bool IsKeyPart(int part) => KeyPart == part;

    public static ValueSource OfMember(string name) => new(name, null);

    public static ValueSource OfKey(int part) => new(null, part);
}
