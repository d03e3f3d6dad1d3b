using System.Composition;
using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Records;

/// <summary>FLOW0101: makes the type a [Stream] or a [Topic].</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddTopic() : Fix("FLOW0101")
{
    private protected override async Task OfferAsync(FixSite site)
    {
        if (await site.TypeArgumentAsync().ConfigureAwait(false) is not { } type) return;
        if (type.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(site.Cancellation) is not TypeDeclarationSyntax record) return;
        foreach (string attribute in new[] { "Stream", $"Topic(\"{NameText.Kebab(type.Name)}\")" })
            site.OfferIn(record, $"Add [{attribute}] to '{type.Name}'", Edit.AddAttribute(record, attribute));
    }
}
