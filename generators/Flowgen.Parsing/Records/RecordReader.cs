using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Reads record types, each once for a compilation.</summary>
internal sealed class RecordReader(KnownSymbols known)
{
    private readonly WireTypes _wires = new(known);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<INamedTypeSymbol, RecordDeclaration> _records = new(SymbolEqualityComparer.Default);

    public WireTypes Wires => _wires;

    /// <summary>Reads a type as a record.</summary>
    public RecordDeclaration Read(INamedTypeSymbol type) => _records.GetOrAdd(type, Parse);

    /// <summary>The record type of a marker topic; null: the type is no marker.</summary>
    public INamedTypeSymbol? RecordOfMarker(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type.BaseType; t is not null; t = t.BaseType)
            if (t.IsMadeFrom(known.TopicOf)) return t.TypeArguments[0] as INamedTypeSymbol;
        return null;
    }

    private RecordDeclaration Parse(INamedTypeSymbol type)
    {
        var problems = new ProblemList();
        bool canBeBuilt = MemberReader.TryRead(type, out List<MemberDeclaration> declarations) && declarations.Any(d => d.IsWritten);
        if (type.TypeKind == TypeKind.Error) problems.NoteCompilerError();
        else if (!canBeBuilt) problems.Add(ProblemKind.RecordCannotBeBuilt, Declarations.LocationOf(type), type.Name);

        Shape shape = new(TypeRefs.Of(type), type.IsValueType, canBeBuilt ? ReadMembers(type, declarations, problems) : default);
        KeyAccess? key = canBeBuilt ? new KeyReader(_wires).Read(type, declarations, problems) : null;
        EventTimeModel? time = canBeBuilt ? new EventTimeReader(_wires).Read(type, declarations, problems) : null;
        shape = shape with { Members = shape.Members.Select(m => m with { KeyOrder = OrderOf(m, key), IsEventTime = m.Name == time?.Member }).ToEquatable() };

        RecordModel model = new(
            shape.Type, CodecName(type), Declarations.AccessibilityOf(type), shape, key, time, null,
            Declarations.HintName(type, "Codec"), type.TypeKind == TypeKind.Error ? default : known.Hidden.Beside(type));
        TopicModel? topic = TopicReader.Read(type, type, model.CodecFullName, problems);
        CheckDeclaration(type, declarations, topic, key, problems);
        if (!problems.HasErrors) model = model with { Layout = LayoutReader.Read(type, shape, key, time) };
        AttributeData? stream = type.Attribute("Stream");
        return new RecordDeclaration(
            type, model, topic, stream is not null, stream?.NamedNumber("Partitions", 0) ?? 0,
            problems.HasErrors, problems.ToImmutable());
    }

    private EquatableArray<MemberModel> ReadMembers(INamedTypeSymbol type, List<MemberDeclaration> declarations, ProblemList problems)
    {
        var members = new List<MemberModel>();
        var numbers = new Dictionary<int, string>();
        foreach (MemberDeclaration member in declarations.Where(d => d.IsWritten))
        {
            if (member.Name.Length == 0 || member.Type.TypeKind == TypeKind.Error)
            {
                problems.NoteCompilerError();
                continue;
            }

            if (_wires.Of(member.Type) is not { } wire)
            {
                problems.Add(ProblemKind.MemberHasNoCodec, member.Location, type.Name, member.Name, TypeRefs.Display(member.Type));
                continue;
            }

            AttributeData? header = member.Attribute("Header");
            if (header is not null && !CanBeHeader(wire)) problems.Add(ProblemKind.HeaderType, member.Location, member.Name);
            MemberModel model = WireTypes.Member(member, wire, members.Count) with { Header = header?.First<string>() };
            if (numbers.TryGetValue(model.Number, out string? other)) ReportNumber(member, model, other, declarations.Count, numbers, problems);
            else numbers.Add(model.Number, member.Name);
            members.Add(model);
        }

        return members.ToEquatable();
    }

    private static void ReportNumber(MemberDeclaration member, MemberModel model, string other, int count, Dictionary<int, string> taken, ProblemList problems)
    {
        int free = Enumerable.Range(count + 1, taken.Count + 1).First(n => !taken.ContainsKey(n));
        problems.Add(new Problem(
            ProblemKind.FieldNumberUsedTwice, member.Location, other, member.Name, model.Number.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .With(ProblemProperties.Value, free.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static void CheckDeclaration(INamedTypeSymbol type, List<MemberDeclaration> declarations, TopicModel? topic, KeyAccess? key, ProblemList problems)
    {
        if (!Declarations.IsReachable(type)) problems.Add(ProblemKind.NotReachable, Declarations.LocationOf(type), type.Name);
        if (topic is { Cleanup: not CleanupModel.Delete } && key is null && !problems.HasErrors)
            problems.Add(ProblemKind.CompactedTopicWithoutKey, Declarations.LocationOf(type), topic.Name, type.Name);
        if (declarations.Any(d => d.IsWritten && IsMutable(d.Symbol))) problems.Add(ProblemKind.RecordIsMutable, Declarations.LocationOf(type), type.Name);
    }

    private static bool IsMutable(ISymbol member) => member switch
    {
        IPropertySymbol property => property.SetMethod is { IsInitOnly: false } && !property.ContainingType.IsReadOnly,
        IFieldSymbol field => !field.IsReadOnly,
        _ => false,
    };

    private static bool CanBeHeader(WireType wire) =>
        wire.Kind is not (WireKind.Array or WireKind.ImmutableArray or WireKind.Nested or WireKind.DateTime or WireKind.DateTimeOffset or WireKind.DateOnly or WireKind.TimeSpan);

    private static int OrderOf(MemberModel member, KeyAccess? key)
    {
        for (int i = 0; i < (key?.Members.Count ?? 0); i++)
            if (key!.Members[i] == member.Name) return i;
        return -1;
    }

    private static string CodecName(INamedTypeSymbol type)
    {
        string name = type.Name + "Codec";
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType) name = outer.Name + "_" + name;
        return name;
    }
}
