using System.Diagnostics.CodeAnalysis;
using Flowgen.TestKit;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Flowgen.Analyzers.Tests;

/// <summary>The tests of one rule. Their sources are compiled together with the records of <see cref="ShopRecords"/>.</summary>
public abstract class RuleTests(string id)
{
    internal string Id { get; } = id;

    /// <summary>Checks that exactly the marked place is reported, and nothing else that is at least a warning.</summary>
    private protected Task Triggers([StringSyntax("C#")] string source, string message) =>
        AnalyzerVerifier<FlowgenAnalyzer>.VerifyAsync(ShopRecords.With(source), Id, message);

    private protected Task DoesNotTrigger([StringSyntax("C#")] string source) =>
        AnalyzerVerifier<FlowgenAnalyzer>.VerifyAsync(ShopRecords.With(source), Id);

    private protected Task Fixes<TFix>([StringSyntax("C#")] string before, [StringSyntax("C#")] string after, string? choice = null)
        where TFix : CodeFixProvider, new() =>
        CodeFixVerifier<FlowgenAnalyzer, TFix>.VerifyAsync(ShopRecords.With(before), ShopRecords.With(after), Id, choice);
}
