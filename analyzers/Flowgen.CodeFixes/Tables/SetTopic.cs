using System.Composition;
using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Tables;

/// <summary>FLOW0803, FLOW0805 and FLOW0411: changes the [Topic] of the table, or of the first input of the stage.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SetTopic() : Fix("FLOW0411", "FLOW0803", "FLOW0805")
{
    private protected override async Task OfferAsync(FixSite site)
    {
        (string argument, string? value) = site.Id switch
        {
            "FLOW0805" => ("Cleanup", "Cleanup.Compact"),
            "FLOW0803" => ("Partitions", site.Property(ProblemProperties.Value)),
            _ => ("Retention", site.Property(ProblemProperties.Value) is { } duration ? $"\"{duration}\"" : null),
        };
        Task<INamedTypeSymbol?> found = site.Id == "FLOW0805" ? site.TypeArgumentAsync() : site.FirstInputAsync();
        if (value is null || await found.ConfigureAwait(false) is not { } record) return;
        AttributeData? topic = record.GetAttributes().FirstOrDefault(data => data.AttributeClass?.Name == "TopicAttribute");
        if (topic?.ApplicationSyntaxReference?.GetSyntax(site.Cancellation) is AttributeSyntax attribute)
            site.OfferIn(attribute, $"Set {argument} of '{record.Name}' to {value}", Edit.SetArgument(attribute, argument, value));
    }
}
