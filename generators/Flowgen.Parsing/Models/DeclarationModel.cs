namespace Flowgen.Parsing.Models;

/// <summary>A partial class that gets a generated part.</summary>
/// <param name="Type">The class.</param>
/// <param name="Accessibility"><c>public</c>, <c>internal</c>, …</param>
/// <param name="Around">The declarations of the types around it, outermost first: <c>partial class Jobs</c>.</param>
/// <param name="Dependencies">The parameters of its primary constructor, resolved from the host.</param>
/// <param name="SourceFile">Name of the file in which it is declared, without folder.</param>
/// <param name="HintName">Name of the generated file, without its extension; unique in the compilation.</param>
/// <param name="HiddenNames">The names of runtime types that mean something else inside the class, in order: they are written in full there.</param>
/// <param name="CanBeGenerated">False where even a stub would not compile: not partial, generic, static or file-local.</param>
public sealed record DeclarationModel(
    TypeRef Type,
    string Accessibility,
    EquatableArray<string> Around,
    EquatableArray<DependencyModel> Dependencies,
    string SourceFile,
    string HintName,
    EquatableArray<string> HiddenNames,
    bool CanBeGenerated);

/// <summary>A parameter of the primary constructor of a stage.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The service.</param>
public sealed record DependencyModel(string Name, TypeRef Type);
