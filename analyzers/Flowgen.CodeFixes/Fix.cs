using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Flowgen.CodeFixes;

/// <summary>A code fix that changes the text at one place, or offers several such changes.</summary>
/// <remarks>Fixes are changes of text, not of trees: nothing but the named words changes, whatever the layout of the code.</remarks>
public abstract class Fix : CodeFixProvider
{
    private protected Fix(params string[] ids) => FixableDiagnosticIds = [.. ids];

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
            await OfferAsync(await FixSite.AtAsync(context, diagnostic).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Offers the changes for one diagnostic.</summary>
    private protected abstract Task OfferAsync(FixSite site);
}

/// <summary>A fix that needs only the syntax at the place of the diagnostic.</summary>
public abstract class SyntaxFix : Fix
{
    private protected SyntaxFix(params string[] ids)
        : base(ids)
    {
    }

    private protected sealed override Task OfferAsync(FixSite site)
    {
        Offer(site);
        return Task.CompletedTask;
    }

    private protected abstract void Offer(FixSite site);
}
