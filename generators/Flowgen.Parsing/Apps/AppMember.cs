using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>A stage of an app, and where its parts are written. For a stage of another assembly <paramref name="symbol"/> is the app.</summary>
internal sealed class AppMember(INamedTypeSymbol symbol, StageSummary summary)
{
    public INamedTypeSymbol Symbol { get; } = symbol;

    public StageSummary Summary { get; } = summary;

    public Location NameLocation => Symbol.Attribute("Stage") is { ConstructorArguments: [{ Value: string }] } attribute ? attribute.FirstLocation(Symbol) : Symbol.Locations[0];

    /// <summary>What two stages share if one writes what the other reads: the topic, or the type of a stream.</summary>
    public static string WireOf(InputModel input) => input.Topic?.Name ?? input.Record.FullName;

    /// <summary>See <see cref="WireOf(InputModel)"/>.</summary>
    public static string WireOf(OutputModel output) => output.Topic?.Name ?? output.Record.FullName;

    /// <summary>Where the type of a wire is named.</summary>
    public Location LocationOf(string word, TypeRef type) => Find(word, type)?.Location(Symbol) ?? Symbol.Locations[0];

    /// <summary>Where an argument of a wire is written.</summary>
    public Location ArgumentLocation(string word, TypeRef type, string argument) => Find(word, type)?.ArgumentLocation(argument, Symbol) ?? Symbol.Locations[0];

    private AttributeData? Find(string word, TypeRef type) => Symbol.Attributes(word)
        .FirstOrDefault(attribute => attribute.AttributeClass!.TypeArguments is [INamedTypeSymbol argument] && TypeRefs.Of(argument).FullName == type.FullName);
}
