using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Finds the step methods of a stage.</summary>
internal static class StepReader
{
    private static readonly Dictionary<string, StepKind> Kinds = Enum.GetValues(typeof(StepKind)).Cast<StepKind>().ToDictionary(k => k.ToString());

    /// <summary>Finds the steps, in the order of the source.</summary>
    public static void Read(StageDeclaration stage, ProblemList problems)
    {
        IEnumerable<IMethodSymbol> methods = stage.Symbol.GetMembers().OfType<IMethodSymbol>()
            .OrderBy(m => m.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(m => m.Locations[0].SourceSpan.Start);
        foreach (IMethodSymbol method in methods)
        {
            (AttributeData Attribute, StepKind Kind)[] roles = [.. method.GetAttributes().Where(IsStep).Select(a => (a, Kinds[a.Word()]))];
            if (roles.Length == 0) continue;
            if (roles.Length > 1) problems.Add(ProblemKind.TwoRoles, method.Locations[0], method.Name, roles[0].Kind.ToString(), roles[1].Kind.ToString());
            else if (HasUnknownType(method)) problems.NoteCompilerError();
            else stage.Steps.Add(new StepDeclaration(method, roles[0].Attribute, roles[0].Kind));
        }

        CheckDeclarations(stage, problems);
    }

    private static bool HasUnknownType(IMethodSymbol method) =>
        method.Name.Length == 0 || method.Parameters.Any(p => p.Name.Length == 0) || method.Parameters.Select(p => p.Type).Append(method.ReturnType)
            .Any(t => t.TypeKind == TypeKind.Error || (t is INamedTypeSymbol { IsGenericType: true } generic && generic.TypeArguments.Any(a => a.TypeKind == TypeKind.Error)));

    private static bool IsStep(AttributeData attribute) => attribute.IsOfFlowgen() && Kinds.ContainsKey(attribute.Word());

    // The order of steps is read from the source, so they stand in one declaration.
    private static void CheckDeclarations(StageDeclaration stage, ProblemList problems)
    {
        SyntaxReference[] parts = [.. stage.Symbol.DeclaringSyntaxReferences];
        if (parts.Length < 2 || stage.Steps.Count == 0) return;
        SyntaxReference? home = PartOf(stage.Attribute.ApplicationSyntaxReference) is { } attributed && stage.Steps.Exists(s => PartOf(s.Location) == attributed)
            ? attributed
            : PartOf(stage.Steps[0].Location);
        if (stage.Steps.Find(s => PartOf(s.Location) != home) is { } stray)
            problems.Add(ProblemKind.StepsInSeveralDeclarations, stray.Location, stage.Symbol.Name);

        SyntaxReference? PartOf(object? place) => Array.Find(parts, part => place switch
        {
            Location location => part.SyntaxTree == location.SourceTree && part.Span.Contains(location.SourceSpan),
            SyntaxReference reference => part.SyntaxTree == reference.SyntaxTree && part.Span.Contains(reference.Span),
            _ => false,
        });
    }
}
