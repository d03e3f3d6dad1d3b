using Microsoft.CodeAnalysis.CodeFixes;

namespace Flowgen.Analyzers.Tests.Catalogue;

/// <summary>The code fixes of Flowgen.CodeFixes.</summary>
internal static class FixTable
{
    public static IReadOnlyList<CodeFixProvider> All { get; } =
        [.. typeof(CodeFixes.Fix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract).Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)];

    public static bool Fixes(string id) => All.Any(fix => fix.FixableDiagnosticIds.Contains(id));
}
