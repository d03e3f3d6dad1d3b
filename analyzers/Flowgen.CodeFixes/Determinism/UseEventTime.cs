using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Flowgen.CodeFixes.Determinism;

/// <summary>FLOW1101: takes the event time of the record instead of the time of the clock.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UseEventTime() : SyntaxFix("FLOW1101")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<MethodDeclarationSyntax>() is not { } step || site.Node is not MemberAccessExpressionSyntax clock) return;
        string? property = clock.ToString() switch
        {
            "DateTimeOffset.UtcNow" or "DateTimeOffset.Now" or "System.DateTimeOffset.UtcNow" or "System.DateTimeOffset.Now" => "EventTime",
            "DateTime.UtcNow" or "System.DateTime.UtcNow" => "EventTime.UtcDateTime",
            _ => null,
        };
        bool canTakeMeta = step.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is "Filter" or "Map" or "FlatMap" or "Add" or "Late" or "Join" or "Unmatched" or "Process");
        if (property is null || !canTakeMeta) return;
        ParameterSyntax? meta = step.ParameterList.Parameters.FirstOrDefault(parameter => parameter.Type?.ToString() is "Meta" or "Flowgen.Meta");
        var changes = new List<TextChange> { Edit.Replace(clock, $"{meta?.Identifier.ValueText ?? "meta"}.{property}") };
        if (meta is null) changes.Add(Edit.AddParameter(step, "Meta meta"));
        site.Offer("Use the event time of the record", changes);
    }
}
