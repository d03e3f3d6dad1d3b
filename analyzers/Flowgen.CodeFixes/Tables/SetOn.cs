using System.Composition;
using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Tables;

/// <summary>FLOW0802 and FLOW0804: names a member of the record that has the type of the table's key.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SetOn() : Fix("FLOW0802", "FLOW0804")
{
    private const int MostChoices = 4;

    private protected override async Task OfferAsync(FixSite site)
    {
        if (site.Around<AttributeSyntax>() is not { } table || site.Property(ProblemProperties.Type) is not { } keyType) return;
        if (await site.FirstInputAsync().ConfigureAwait(false) is not { } record) return;
        IEnumerable<IPropertySymbol> members = record.GetMembers().OfType<IPropertySymbol>()
            .Where(member => member.DeclaredAccessibility == Accessibility.Public && member.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) == keyType);
        foreach (IPropertySymbol member in members.Take(MostChoices))
            site.Offer($"Set On to '{member.Name}'", Edit.SetArgument(table, "On", $"nameof({record.Name}.{member.Name})"));
    }
}
