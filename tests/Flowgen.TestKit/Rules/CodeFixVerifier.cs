using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Flowgen.TestKit;

/// <summary>Checks what a code fix makes of a source.</summary>
/// <typeparam name="TAnalyzer">The analyzer that reports.</typeparam>
/// <typeparam name="TFix">The fix.</typeparam>
public static class CodeFixVerifier<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    private const int MostFixes = 20;

    /// <summary>Applies a fix until it has nothing left to do.</summary>
    /// <param name="before">The source; marks as in <see cref="Markup"/> are checked first.</param>
    /// <param name="after">What it must become.</param>
    /// <param name="id">The ID that <c>[|x|]</c> stands for, and that is fixed.</param>
    /// <param name="choice">Which of the offered actions: part of its title; null: the first one.</param>
    /// <returns>When it is checked.</returns>
    public static async Task VerifyAsync(string before, string after, string id, string? choice = null)
    {
        await AnalyzerVerifier<TAnalyzer>.VerifyAsync(before, id);
        using var workspace = new AdhocWorkspace();
        Document document = Open(workspace, Markup.Parse(before).Text);
        for (int i = 0; await FirstAsync(document, id, choice) is { } action; i++)
        {
            Assert.True(i < MostFixes, $"The fix did not end after {MostFixes} times:\n{await document.GetTextAsync()}");
            document = await ApplyAsync(document, action);
        }

        string fixedText = (await document.GetTextAsync()).ToString();
        Assert.Equal(after.ReplaceLineEndings("\n"), fixedText);
        ImmutableArray<Diagnostic> left = await AnalyzerVerifier<TAnalyzer>.DiagnoseAsync((await document.Project.GetCompilationAsync())!);
        Assert.DoesNotContain(left, d => d.Id == id);
    }

    private static Document Open(AdhocWorkspace workspace, string source)
    {
        Compilation template = TestCompilation.Create(source);
        var project = ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Test", "Test", LanguageNames.CSharp,
            compilationOptions: template.Options, parseOptions: TestCompilation.ParseOptions, metadataReferences: template.References);
        Project added = workspace.AddProject(project);
        foreach (SyntaxTree tree in template.SyntaxTrees) added = added.AddDocument(tree.FilePath, tree.GetText(), filePath: tree.FilePath).Project;
        return added.Documents.Single(d => d.Name == "Test.cs");
    }

    private static async Task<CodeAction?> FirstAsync(Document document, string id, string? choice)
    {
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        ImmutableArray<Diagnostic> diagnostics = await AnalyzerVerifier<TAnalyzer>.DiagnoseAsync(compilation);
        SyntaxTree tree = (await document.GetSyntaxTreeAsync())!;
        foreach (Diagnostic diagnostic in diagnostics.Where(d => d.Id == id).OrderBy(d => d.Location.SourceSpan))
        {
            var actions = new List<CodeAction>();
            Diagnostic here = Relocate(diagnostic, tree);
            await new TFix().RegisterCodeFixesAsync(new CodeFixContext(document, here, (action, _) => actions.Add(action), CancellationToken.None));
            if (actions.Find(a => choice is null || a.Title.Contains(choice, StringComparison.Ordinal)) is { } action) return action;
        }

        return null;
    }

    // Diagnostics come from the compilation with generated files, whose tree of the document is the same one.
    private static Diagnostic Relocate(Diagnostic diagnostic, SyntaxTree tree) =>
        diagnostic.Location.SourceTree == tree
            ? diagnostic
            : Diagnostic.Create(diagnostic.Descriptor, Location.Create(tree, diagnostic.Location.SourceSpan), diagnostic.Properties);

    private static async Task<Document> ApplyAsync(Document document, CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        ApplyChangesOperation change = operations.OfType<ApplyChangesOperation>().Single();
        return change.ChangedSolution.GetDocument(document.Id)!;
    }
}
