using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Flowgen.TestKit;

/// <summary>Compilations as a project that uses Flowgen has them: nullable, implicit usings, the newest language.</summary>
public static class TestCompilation
{
    /// <summary>What the project file of a user brings into every file.</summary>
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Collections.Immutable;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Flowgen;
        """;

    private static readonly Lazy<MetadataReference[]> AllReferences = new(FindReferences);

    /// <summary>How test sources are parsed: the language that the compiler calls preview is C# 14 or later.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Preview, DocumentationMode.Parse);

    /// <summary>How test sources are compiled.</summary>
    public static CSharpCompilationOptions Options { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        allowUnsafe: false,
        metadataImportOptions: MetadataImportOptions.Public);

    /// <summary>The framework and what the Flowgen package brings.</summary>
    public static IReadOnlyList<MetadataReference> References => AllReferences.Value;

    /// <summary>Compiles one file.</summary>
    /// <param name="source">Its text.</param>
    /// <returns>The compilation.</returns>
    public static CSharpCompilation Create(string source) => Create([("Test.cs", source)]);

    /// <summary>Compiles several files.</summary>
    /// <param name="files">Their names and texts.</param>
    /// <returns>The compilation.</returns>
    public static CSharpCompilation Create(params (string Path, string Source)[] files) =>
        CSharpCompilation.Create(
            "Test",
            [.. files.Select(file => Parse(file.Source, file.Path)), Parse(Usings, "Usings.g.cs")],
            References,
            Options);

    /// <summary>Parses one file.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="path">Its name.</param>
    /// <returns>The tree.</returns>
    public static SyntaxTree Parse(string source, string path = "Test.cs") =>
        CSharpSyntaxTree.ParseText(SourceText.From(source.ReplaceLineEndings("\n"), System.Text.Encoding.UTF8), ParseOptions, path);

    /// <summary>Finds a type by its metadata name.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="name">Its metadata name.</param>
    /// <returns>The type.</returns>
    public static INamedTypeSymbol Type(this Compilation compilation, string name) =>
        compilation.GetTypeByMetadataName(name) ?? throw new ArgumentException($"The compilation has no type '{name}'", nameof(name));

    // The list the host was started with does not depend on what has been loaded so far.
    private static MetadataReference[] FindReferences()
    {
        string[] paths = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return [.. paths.Where(IsReference).Select(path => MetadataReference.CreateFromFile(path))];
    }

    private static bool IsReference(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return name is "Flowgen" or "Flowgen.Runtime" or "Flowgen.Log" or "Flowgen.Hosting" or "Flowgen.Testing" or "mscorlib" or "netstandard"
            || (name.StartsWith("System.", StringComparison.Ordinal) && Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            || name == "System";
    }
}
