using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Reads a class with [FlowApp].</summary>
public static class AppParser
{
    private const string DefaultCommitEvery = "100ms";

    /// <summary>Reads an app class, without the stages of its compilation.</summary>
    /// <param name="app">The class.</param>
    /// <param name="known">The types of Flowgen.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The model and the problems of the class itself.</returns>
    public static ParseResult<AppDeclarationModel> Parse(INamedTypeSymbol app, KnownSymbols known, CancellationToken cancellation)
    {
        if (app.Name.Length == 0 || app.Attribute("FlowApp") is not { } attribute) return new ParseResult<AppDeclarationModel>(null, []);
        var problems = new ProblemList();
        CheckClass(app, problems, cancellation);
        string name = attribute.First<string>() ?? "";
        if (!NameText.IsTopicName(name))
            problems.Add(new Problem(ProblemKind.TopicNameNotValid, attribute.FirstLocation(app), name).With(ProblemProperties.Value, NameText.Kebab(name)));
        (long commit, string text) = DurationReader.Named(attribute, "CommitEvery", DefaultCommitEvery, app, problems, mayBeZero: false);
        (List<string> includes, List<StageSummary> referenced) = ReadIncludes(app, known, problems, cancellation);
        AppDeclarationModel model = new(
            Declarations.Read(app, known, cancellation), name, commit, text, problems.HasErrors, includes.ToEquatable(), referenced.ToEquatable());
        return new ParseResult<AppDeclarationModel>(model, problems.ToImmutable());
    }

    private static void CheckClass(INamedTypeSymbol app, ProblemList problems, CancellationToken cancellation)
    {
        string? modifier = app.IsStatic ? "static" : app.IsAbstract ? "abstract" : app.IsGenericType ? "generic" : null;
        if (modifier is not null) problems.Add(ProblemKind.StageModifiers, app.Locations[0], app.Name, modifier);
        else if (Declarations.Around(app).Prepend(app).FirstOrDefault(t => !Declarations.IsPartial(t, cancellation)) is { } notPartial)
            problems.Add(ProblemKind.StageMustBePartial, notPartial.Locations[0], notPartial.Name);
        else if (!Declarations.IsReachable(app)) problems.Add(ProblemKind.NotReachable, app.Locations[0], app.Name);
    }

    private static (List<string> Includes, List<StageSummary> Referenced) ReadIncludes(INamedTypeSymbol app, KnownSymbols known, ProblemList problems, CancellationToken cancellation)
    {
        List<string> includes = [];
        List<StageSummary> referenced = [];
        foreach (AttributeData include in app.Attributes("Include"))
        {
            if (include.AttributeClass!.TypeArguments is not [INamedTypeSymbol { TypeKind: not TypeKind.Error } stage]) continue;
            if (stage.Attribute("Stage") is null)
            {
                problems.Add(ProblemKind.NotPartOfAnApp, include.Location(app), stage.Name);
                continue;
            }

            includes.Add(TypeRefs.Of(stage).FullName);
            bool isHere = SymbolEqualityComparer.Default.Equals(stage.ContainingAssembly, known.Compilation.Assembly);
            if (!isHere && StageParser.Parse(stage, known, cancellation).Summary is { } summary) referenced.Add(summary);
        }

        return (includes, referenced);
    }
}
