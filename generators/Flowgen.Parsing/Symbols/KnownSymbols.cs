using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Flowgen.Parsing;

/// <summary>The types of Flowgen in one compilation, found once by their metadata names.</summary>
public sealed class KnownSymbols
{
    private static readonly ConditionalWeakTable<Compilation, KnownSymbols> Cache = new();

    private KnownSymbols(Compilation compilation)
    {
        Compilation = compilation;
        Text = Find("Text");
        Out = Find("Out`1");
        Table = Find("Table`2");
        Window = Find("Window");
        Firing = Find("Firing");
        Meta = Find("Meta");
        TopicOf = Find("Topic`1");
        Records = new RecordReader(this);
        Hidden = new HiddenNames(compilation);

        INamedTypeSymbol? Find(string name) => compilation.GetTypeByMetadataName($"{Names.Namespace}.{name}");
    }

    /// <summary>The oldest C# that generated code compiles in.</summary>
    public const int NeededLanguageVersion = 14;

    public Compilation Compilation { get; }

    /// <summary>The C# of the project: 13, 14, …</summary>
    public int LanguageVersion => Compilation is CSharpCompilation { LanguageVersion: var version } ? (int)version / 100 : NeededLanguageVersion;

    public INamedTypeSymbol? Text { get; }

    public INamedTypeSymbol? Out { get; }

    public INamedTypeSymbol? Table { get; }

    public INamedTypeSymbol? Window { get; }

    public INamedTypeSymbol? Firing { get; }

    public INamedTypeSymbol? Meta { get; }

    public INamedTypeSymbol? TopicOf { get; }

    /// <summary>The record types of the compilation.</summary>
    internal RecordReader Records { get; }

    /// <summary>The names of runtime types that are taken.</summary>
    internal HiddenNames Hidden { get; }

    /// <summary>Whether the compilation knows Flowgen at all.</summary>
    public bool AreFound => Out is not null;

    /// <summary>The symbols of a compilation; kept no longer than it.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <returns>Its symbols.</returns>
    public static KnownSymbols Of(Compilation compilation) => Cache.GetValue(compilation, c => new KnownSymbols(c));
}
