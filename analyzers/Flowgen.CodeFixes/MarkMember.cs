using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes;

/// <summary>FLOW0201, FLOW0208 and FLOW0306: marks a member of the record as its key or its event time.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MarkMember() : Fix("FLOW0201", "FLOW0208", "FLOW0306")
{
    private const int MostChoices = 4;

    private protected override async Task OfferAsync(FixSite site)
    {
        // FLOW0208 is reported on the record itself, the others on the stage: its first input.
        Task<INamedTypeSymbol?> found = site.Id == "FLOW0208" ? site.TypeAsync() : site.FirstInputAsync();
        if (await found.ConfigureAwait(false) is not { } record) return;
        if (record.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(site.Cancellation) is not TypeDeclarationSyntax { ParameterList: { } list }) return;
        string attribute = site.Id == "FLOW0306" ? "EventTime" : "Key";
        IMethodSymbol? constructor = record.InstanceConstructors.FirstOrDefault(c => c.Parameters.Length == list.Parameters.Count);
        IEnumerable<ParameterSyntax> candidates = list.Parameters.Where((_, i) => constructor is not null && Fits(constructor.Parameters[i].Type, attribute));
        foreach (ParameterSyntax member in candidates.Take(MostChoices))
            site.OfferIn(list, $"Mark '{member.Identifier.ValueText}' with [{attribute}]", Edit.Insert(member.SpanStart, $"[{attribute}] "));
    }

    private static bool Fits(ITypeSymbol type, string attribute) => attribute == "EventTime"
        ? type is { Name: "DateTimeOffset" }
        : type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_String || type is { Name: "Guid" or "Text" };
}
