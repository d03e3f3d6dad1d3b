using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Reads a type with [Topic] or [Stream].</summary>
public static class RecordParser
{
    /// <summary>Reads a record type, or a marker topic: then the record of the model is the marker's record type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="known">The types of Flowgen.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The model and the problems.</returns>
    public static ParseResult<RecordModel> Parse(INamedTypeSymbol type, KnownSymbols known, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _ = known;
        return new ParseResult<RecordModel>(null, []);
    }
}
