using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Reads a class with [FlowApp].</summary>
public static class AppParser
{
    /// <summary>Reads an app class, without its stages.</summary>
    /// <param name="app">The class.</param>
    /// <param name="known">The types of Flowgen.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The model and the problems of the class itself.</returns>
    public static ParseResult<AppDeclarationModel> Parse(INamedTypeSymbol app, KnownSymbols known, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _ = known;
        return new ParseResult<AppDeclarationModel>(null, []);
    }
}
