using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>By which key each step needs its records grouped.</summary>
internal sealed class KeyDemands
{
    private readonly StageDeclaration _stage;
    private readonly ProblemList _problems;
    private readonly KeyReader _keys;
    private readonly Dictionary<INamedTypeSymbol, KeyDemand> _keyBy = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<INamedTypeSymbol, KeyDemand?> _own = new(SymbolEqualityComparer.Default);

    public KeyDemands(StageDeclaration stage, Provenance provenance, ProblemList problems)
    {
        _stage = stage;
        _problems = problems;
        _keys = new KeyReader(stage.Known.Records.Wires);
        foreach (StepDeclaration step in stage.Of(StepKind.KeyBy)) ReadKeyBy(step, provenance);
    }

    /// <summary>The record types with a [KeyBy].</summary>
    public IEnumerable<StepDeclaration> KeyBySteps => _keyBy.Values.Select(d => d.Method!);

    /// <summary>The key of a record in this stage: its [KeyBy], else its own; null: none.</summary>
    public KeyDemand? KeyOf(INamedTypeSymbol type) => _keyBy.TryGetValue(type, out KeyDemand? demand) ? demand : OwnKeyOf(type);

    /// <summary>The record's own key; null: none.</summary>
    public KeyDemand? OwnKeyOf(INamedTypeSymbol type)
    {
        if (_own.TryGetValue(type, out KeyDemand? own)) return own;
        RecordDeclaration record = _stage.Known.Records.Read(type);
        own = record.Key is { } key ? new KeyDemand(key, key.Members, null) : null;
        _own.Add(type, own);
        return own;
    }

    /// <summary>The key by which a step needs its records grouped; null: it works on any.</summary>
    public KeyDemand? DemandOf(StepDeclaration step)
    {
        if (step.IsCore) return KeyOf(step.Record!);
        int table = step.Kind == StepKind.Join ? step.Find(ArgumentKind.Row)!.Table : step.Find(ArgumentKind.Table)?.Table ?? -1;
        return table < 0 ? null : OfTable(step.Record!, _stage.Tables[table], null);
    }

    /// <summary>Checks the keys of all steps and says what is wrong.</summary>
    public void Check()
    {
        foreach (StepDeclaration step in _stage.Steps.Where(s => s.Record is not null))
        {
            if (step.IsCore && KeyOf(step.Record!) is null && !_stage.Known.Records.Read(step.Record!).HasErrors)
                _problems.Add(ProblemKind.KeyNeeded, _stage.Location, _stage.Symbol.Name, step.Record!.Name);
            foreach (ParameterDeclaration parameter in step.Parameters.Where(p => p.Table >= 0))
                CheckTable(step, parameter);
        }
    }

    private void CheckTable(StepDeclaration step, ParameterDeclaration parameter)
    {
        WireDeclaration table = _stage.Tables[parameter.Table];
        if (table.Record.Key is null || OfTable(step.Record!, table, _problems) is not { } demand) return;
        if (parameter.Kind == ArgumentKind.Table && !KeyMatches(((INamedTypeSymbol)parameter.Type).TypeArguments[0], demand.Key))
            _problems.Add(ProblemKind.KeyOfTheLookup, parameter.Location, step.Name, table.Type.Name, TypeRefs.Display(((INamedTypeSymbol)parameter.Type).TypeArguments[0]));
    }

    /// <summary>Whether a C# type is that of a key; names of tuple elements do not matter.</summary>
    public bool KeyMatches(ITypeSymbol type, KeyModel key) => _keys.Read("", type, out _) is { } given && given.HasSameBytes(key);

    private KeyDemand? OfTable(INamedTypeSymbol stream, WireDeclaration table, ProblemList? problems)
    {
        if (table.Record.Key is not { } rowKey) return null;
        if (StageDeclaration.OnOf(table) is not { } on)
        {
            KeyDemand? own = KeyOf(stream);
            if (own is not null && own.Key.HasSameBytes(rowKey.Key)) return own;
            problems?.Add(new Problem(ProblemKind.KeysDoNotMatch, table.Location, stream.Name, own?.Key.Type.ShortName ?? "nothing", table.Type.Name, rowKey.Key.Type.ShortName)
                .With(ProblemProperties.Type, rowKey.Key.Type.ShortName));
            return null;
        }

        Location location = table.Attribute.ArgumentLocation("On", _stage.Symbol);
        MemberReader.TryRead(stream, out List<MemberDeclaration> members);
        ITypeSymbol? type = members.Find(m => m.Name == on)?.Type ?? stream.GetMembers(on).OfType<IPropertySymbol>().FirstOrDefault()?.Type;
        KeyModel? key = type is null ? null : _keys.Read(on, type, out _);
        if (key is null || !key.HasSameBytes(rowKey.Key))
        {
            problems?.Add(new Problem(ProblemKind.OnDoesNotFit, location, on, type is null ? "missing" : TypeRefs.Display(type), table.Type.Name, rowKey.Key.Type.ShortName)
                .With(ProblemProperties.Type, rowKey.Key.Type.ShortName));
            return null;
        }

        EquatableArray<string> member = new([on]);
        return OwnKeyOf(stream) is { } streamKey && streamKey.Members == member ? streamKey : new KeyDemand(new KeyAccess(KeyAccessKind.Member, key, member), member, null);
    }

    private void ReadKeyBy(StepDeclaration step, Provenance provenance)
    {
        INamedTypeSymbol record = step.Record!;
        if (_keyBy.ContainsKey(record))
        {
            _problems.Add(ProblemKind.TwoKeyBySteps, step.Location, _stage.Symbol.Name, record.Name);
            return;
        }

        if (_keys.Read(step.Name, step.Method.ReturnType, out string reason) is not { } key)
        {
            _problems.Add(ProblemKind.TypeCannotBeKey, step.Location, TypeRefs.Display(step.Method.ReturnType), reason);
            return;
        }

        EquatableArray<string> members = provenance.MembersOfKey(step);
        if (members.Count != key.Parts.Count) members = default;
        if (OwnKeyOf(record) is { } own && own.Members == members && own.Key.HasSameBytes(key))
        {
            _problems.Add(ProblemKind.RepartitionWithoutUse, step.Location, step.Name, record.Name);
            _keyBy.Add(record, own with { Method = step });
            return;
        }

        bool byReference = step.Find(ArgumentKind.Record)!.Mode == PassingMode.In;
        var access = new KeyAccess(KeyAccessKind.Method, key, default, step.Name, byReference);
        _keyBy.Add(record, new KeyDemand(access, members, step));
    }
}
