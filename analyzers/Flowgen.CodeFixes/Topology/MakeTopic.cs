using System.Composition;
using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Topology;

/// <summary>FLOW0903: makes the stream a topic.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakeTopic() : Fix("FLOW0903")
{
    private protected override async Task OfferAsync(FixSite site)
    {
        if (await site.TypeArgumentAsync().ConfigureAwait(false) is not { } record) return;
        AttributeData? stream = record.GetAttributes().FirstOrDefault(data => data.AttributeClass?.Name == "StreamAttribute");
        if (stream?.ApplicationSyntaxReference?.GetSyntax(site.Cancellation) is AttributeSyntax attribute)
            site.OfferIn(attribute, $"Make '{record.Name}' a [Topic]", Edit.Replace(attribute, $"Topic(\"{NameText.Kebab(record.Name)}\")"));
    }
}
