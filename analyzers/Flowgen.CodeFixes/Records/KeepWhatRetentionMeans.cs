using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes.Records;

/// <summary>FLOW0109: deletes old keys too, as the retention says.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class KeepWhatRetentionMeans() : SyntaxFix("FLOW0109")
{
    private protected override void Offer(FixSite site)
    {
        if (site.Around<AttributeSyntax>() is { } topic) site.Offer("Use Cleanup.CompactAndDelete", Edit.SetArgument(topic, "Cleanup", "Cleanup.CompactAndDelete"));
    }
}
