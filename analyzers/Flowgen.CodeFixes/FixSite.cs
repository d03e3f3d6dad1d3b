using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Flowgen.CodeFixes;

/// <summary>The place of a diagnostic, and the actions that are offered there.</summary>
internal sealed class FixSite
{
    private readonly CodeFixContext _context;
    private readonly Diagnostic _diagnostic;

    private FixSite(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root)
    {
        _context = context;
        _diagnostic = diagnostic;
        Node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
    }

    /// <summary>The smallest node that covers the diagnostic.</summary>
    public SyntaxNode Node { get; }

    public string Id => _diagnostic.Id;

    public CancellationToken Cancellation => _context.CancellationToken;

    public static async Task<FixSite> AtAsync(CodeFixContext context, Diagnostic diagnostic) =>
        new(context, diagnostic, (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!);

    /// <summary>The node around the diagnostic that has a type.</summary>
    public TNode? Around<TNode>()
        where TNode : SyntaxNode => Node.FirstAncestorOrSelf<TNode>();

    /// <summary>What the parser left for the fix.</summary>
    public string? Property(string name) => _diagnostic.Properties.TryGetValue(name, out string? value) ? value : null;

    public async Task<SemanticModel> ModelAsync() => (await _context.Document.GetSemanticModelAsync(Cancellation).ConfigureAwait(false))!;

    /// <summary>The type that is declared around the diagnostic.</summary>
    public async Task<INamedTypeSymbol?> TypeAsync() =>
        Around<TypeDeclarationSyntax>() is { } type ? (await ModelAsync().ConfigureAwait(false)).GetDeclaredSymbol(type, Cancellation) : null;

    /// <summary>The type argument of the attribute around the diagnostic.</summary>
    public async Task<INamedTypeSymbol?> TypeArgumentAsync() =>
        Around<AttributeSyntax>() is { Name: GenericNameSyntax { TypeArgumentList.Arguments: { Count: 1 } arguments } }
            ? (await ModelAsync().ConfigureAwait(false)).GetTypeInfo(arguments[0], Cancellation).Type as INamedTypeSymbol
            : null;

    /// <summary>The record of the first [From] of the stage around the diagnostic.</summary>
    public async Task<INamedTypeSymbol?> FirstInputAsync() =>
        (await TypeAsync().ConfigureAwait(false))?.GetAttributes()
            .FirstOrDefault(data => data.AttributeClass is { Name: "FromAttribute", IsGenericType: true })?.AttributeClass!.TypeArguments[0] as INamedTypeSymbol;

    public void Offer(string title, params IEnumerable<TextChange> changes) => Offer(title, _context.Document, changes);

    /// <summary>Offers changes of the file in which a node stands; nothing where that file is not part of the solution.</summary>
    public void OfferIn(SyntaxNode node, string title, params IEnumerable<TextChange> changes)
    {
        if (_context.Document.Project.Solution.GetDocument(node.SyntaxTree) is { } document) Offer(title, document, changes);
    }

    private void Offer(string title, Document document, IEnumerable<TextChange> changes)
    {
        ImmutableArray<TextChange> edits = [.. changes];
        _context.RegisterCodeFix(CodeAction.Create(title, cancellation => ChangeAsync(document, edits, cancellation), $"{Id}: {title}"), _diagnostic);
    }

    private static async Task<Solution> ChangeAsync(Document document, ImmutableArray<TextChange> edits, CancellationToken cancellation)
    {
        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return document.WithText(text.WithChanges(edits)).Project.Solution;
    }
}
