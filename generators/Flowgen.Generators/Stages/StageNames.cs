using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>What the parts of one generated stage are called.</summary>
internal sealed class StageNames
{
    private readonly Dictionary<string, (string Name, KeyModel Key)> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Name, StateModel State)> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Name, TypeRef Record, string Codec, KeyAccess Key)> _partitioners = new(StringComparer.Ordinal);

    public StageNames(StageModel stage)
    {
        Stage = stage;
        Types = new TypeNames(stage.Declaration.Type.Namespace, stage.Declaration.HiddenNames, stage.Declaration.Type.ShortName);
    }

    /// <summary>The stage.</summary>
    public StageModel Stage { get; }

    /// <summary>How types are called.</summary>
    public TypeNames Types { get; }

    /// <summary>The name of the stage class inside itself, by which its steps are qualified.</summary>
    public string Class => Stage.Declaration.HiddenNames.IsEmpty ? Stage.Declaration.Type.Name : Stage.Declaration.Type.FullName;

    /// <summary>The key codecs that are generated, by name.</summary>
    public IEnumerable<(string Name, KeyModel Key)> KeyCodecs => _keys.Values.OrderBy(k => k.Name, StringComparer.Ordinal);

    /// <summary>The state codecs that are generated, by name.</summary>
    public IEnumerable<(string Name, StateModel State)> StateCodecs => _states.Values.OrderBy(s => s.Name, StringComparer.Ordinal);

    /// <summary>The partitioners, by name.</summary>
    public IEnumerable<(string Name, TypeRef Record, string Codec, KeyAccess Key)> Partitioners => _partitioners.Values.OrderBy(p => p.Name, StringComparer.Ordinal);

    /// <summary>The codec of a key: that of the runtime, or one that is generated beside the operators.</summary>
    public string KeyCodec(KeyModel key)
    {
        if (key.PredefinedCodec is { } predefined) return TypeNames.Runtime(predefined);
        if (_keys.TryGetValue(key.Type.FullName, out (string Name, KeyModel) known)) return known.Name;
        string name = (key.Parts.Count == 1 ? key.Type.Name : string.Concat(key.Parts.Select(p => Upper(p.Name)))) + "Key";
        name = Free(name, _keys.Values.Select(k => k.Name));
        _keys.Add(key.Type.FullName, (name, key));
        return name;
    }

    /// <summary>The codec of an accumulator or state.</summary>
    public string StateCodec(StateModel state)
    {
        bool isBuiltIn = state.Type.Namespace is "" or "System" && state.IsUnmanaged && state.Type.FullName[0] != '(';
        if (isBuiltIn) return $"Unmanaged<{Types.Of(state.Type)}>";
        if (_states.TryGetValue(state.Type.FullName, out (string Name, StateModel) known)) return known.Name;
        string name = Free((state.Type.FullName[0] == '(' ? "Tuple" : Upper(state.Type.Name)) + "State", _states.Values.Select(s => s.Name));
        _states.Add(state.Type.FullName, (name, state));
        return name;
    }

    /// <summary>The partitioner of a record type by a key.</summary>
    public string Partitioner(TypeRef record, string codec, KeyAccess key)
    {
        string id = record.FullName + " " + key.Description;
        if (_partitioners.TryGetValue(id, out var known)) return known.Name;
        string name = Free(record.Name + "Partitioner", _partitioners.Values.Select(p => p.Name));
        _partitioners.Add(id, (name, record, codec, key));
        return name;
    }

    /// <summary>The name of a variable or field for an operator's node.</summary>
    public string Node(int index) => Stage.Operators.Count == 1 || index == Stage.Operators.Count - 1 ? "core" : index == 0 ? "prepare" : "prepare" + (index + 1);

    private static string Upper(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    private static string Free(string name, IEnumerable<string> taken)
    {
        HashSet<string> all = [.. taken];
        string free = name;
        for (int i = 2; all.Contains(free); i++) free = name + i;
        return free;
    }
}
