using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Reads a type with [Topic] or [Stream].</summary>
public static class RecordParser
{
    /// <summary>Reads a record type, or a marker topic: then the record of the model is the marker's record type if that has no [Topic] or [Stream] of its own.</summary>
    /// <param name="type">The type.</param>
    /// <param name="known">The types of Flowgen.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The model, null where no codec is to be written here, and the problems.</returns>
    public static ParseResult<RecordModel> Parse(INamedTypeSymbol type, KnownSymbols known, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (type.Name.Length == 0) return new ParseResult<RecordModel>(null, []);
        if (known.Records.RecordOfMarker(type) is { } marked) return ParseMarker(type, marked, known);
        if (type is { IsAbstract: true } || (type.TypeKind == TypeKind.Class && !type.IsRecord && HasNoMembers(type)))
            return new ParseResult<RecordModel>(null, [new Problem(ProblemKind.MarkerTopicWithoutRecord, type.Locations[0], type.Name)]);

        RecordDeclaration record = known.Records.Read(type);
        return new ParseResult<RecordModel>(record.HasErrors ? null : record.Model, record.Problems);
    }

    /// <summary>Whether a type only names a topic of another type.</summary>
    /// <param name="type">A type with [Topic].</param>
    /// <param name="known">The types of Flowgen.</param>
    /// <returns>True for types that derive from <c>Topic&lt;TRecord&gt;</c>.</returns>
    public static bool IsMarker(INamedTypeSymbol type, KnownSymbols known) => known.Records.RecordOfMarker(type) is not null;

    /// <summary>Whether a type has [Topic], so that it is read as a topic even if it has [Stream] too.</summary>
    /// <param name="type">A type.</param>
    /// <returns>Whether it has.</returns>
    public static bool HasTopic(INamedTypeSymbol type) => type.Attribute("Topic") is not null;

    private static ParseResult<RecordModel> ParseMarker(INamedTypeSymbol marker, INamedTypeSymbol type, KnownSymbols known)
    {
        var problems = new ProblemList();
        RecordDeclaration record = known.Records.Read(type);
        TopicModel? topic = TopicReader.Read(marker, type, record.Model.CodecFullName, problems);
        if (!Declarations.IsReachable(marker)) problems.Add(ProblemKind.NotReachable, marker.Locations[0], marker.Name);
        if (topic is { Cleanup: not CleanupModel.Delete } && record.Key is null)
            problems.Add(ProblemKind.CompactedTopicWithoutKey, marker.Locations[0], topic.Name, type.Name);

        bool isWrittenHere = !record.IsPublicWire && !record.HasErrors && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, known.Compilation.Assembly);
        if (!record.IsPublicWire) problems.AddRange(record.Problems);
        return new ParseResult<RecordModel>(isWrittenHere ? record.Model : null, problems.ToImmutable());
    }

    private static bool HasNoMembers(INamedTypeSymbol type) =>
        !type.GetMembers().Any(m => m is IPropertySymbol { IsStatic: false } or IFieldSymbol { IsStatic: false, IsConst: false });
}
