using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>A [From], [To] or [Table] of a stage, with its symbols.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Location">The attribute as it is written.</param>
/// <param name="Argument">Its type argument: the record or a marker.</param>
/// <param name="Record">The record.</param>
/// <param name="Topic">The topic; null: a [Stream].</param>
internal sealed record WireDeclaration(AttributeData Attribute, Location Location, INamedTypeSymbol Argument, RecordDeclaration Record, TopicModel? Topic)
{
    public bool IsMarker => !Argument.Is(Record.Symbol);

    public INamedTypeSymbol Type => Record.Symbol;
}
