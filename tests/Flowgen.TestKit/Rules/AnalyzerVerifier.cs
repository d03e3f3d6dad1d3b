using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Flowgen.TestKit;

/// <summary>Checks that an analyzer reports exactly what is marked in a source.</summary>
/// <typeparam name="TAnalyzer">The analyzer.</typeparam>
public static class AnalyzerVerifier<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <summary>Checks a source with marks as in <see cref="Markup"/>.</summary>
    /// <param name="source">The source.</param>
    /// <param name="id">The ID that <c>[|x|]</c> stands for.</param>
    /// <param name="message">The message of the first expected diagnostic; null: not checked.</param>
    /// <param name="compile">Changes the compilation before it is analyzed.</param>
    /// <returns>The diagnostics that were found.</returns>
    /// <remarks>All warnings and errors of the analyzer must be marked. Hints are compared if their ID is marked or is <paramref name="id"/>:
    /// most sources have several. The source must compile.</remarks>
    public static async Task<ImmutableArray<Diagnostic>> VerifyAsync(
        string source, string? id = null, string? message = null, Func<CSharpCompilation, Compilation>? compile = null)
    {
        Markup markup = Markup.Parse(source);
        (string Id, TextSpan Span)[] expected = [.. markup.Spans.Select(s => (s.Id ?? id ?? throw new ArgumentException("[|x|] needs the ID", nameof(id)), s.Span)).Order()];
        HashSet<string> relevant = [.. expected.Select(e => e.Id)];
        if (id is not null) relevant.Add(id);

        CSharpCompilation created = TestCompilation.Create(markup.Text);
        Compilation compilation = compile is null ? created : compile(created);
        ImmutableArray<Diagnostic> all = await DiagnoseAsync(compilation);
        ImmutableArray<Diagnostic> found = [.. all.Where(d => d.Severity >= DiagnosticSeverity.Warning || relevant.Contains(d.Id)).OrderBy(d => d.Id).ThenBy(d => d.Location.SourceSpan)];
        (string Id, TextSpan Span)[] actual = [.. found.Select(d => (d.Id, d.Location.SourceSpan)).Order()];

        if (!expected.SequenceEqual(actual))
        {
            Assert.Fail($"Expected:\n{Markup.Write(markup.Text, expected)}\n\nFound:\n{Markup.Write(markup.Text, actual)}\n\n{string.Join('\n', all)}");
        }

        if (message is not null) Assert.Equal(message, found.First(d => d.Id == expected[0].Id).GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        return found;
    }

    /// <summary>Analyzes a compilation that compiles.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <returns>What the analyzer reports; suppressed diagnostics are left out.</returns>
    public static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Compilation compilation)
    {
        compilation = GeneratorRunner.Update(compilation);
        Diagnostic[] errors = [.. compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)];
        Assert.True(errors.Length == 0, $"The source does not compile:\n{string.Join('\n', (object[])errors)}");

        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> diagnostics = await new CompilationWithAnalyzers(compilation, [new TAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
        Diagnostic? crash = diagnostics.FirstOrDefault(d => d.Id == "AD0001");
        Assert.True(crash is null, $"The analyzer threw: {crash}");
        return [.. diagnostics.Where(d => !d.IsSuppressed)];
    }
}
