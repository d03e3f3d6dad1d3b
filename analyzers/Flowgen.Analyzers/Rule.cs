using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Flowgen.Analyzers;

/// <summary>One rule of the catalogue, in a file of its own. Most rules only give their words to a problem that the parser found.</summary>
internal abstract class Rule(DiagnosticDescriptor descriptor, ProblemKind? kind = null)
{
    public DiagnosticDescriptor Wording { get; } = descriptor;

    /// <summary>The problem of the parser that this rule reports. Null for rules that look for themselves.</summary>
    public ProblemKind? Kind { get; } = kind;
}

/// <summary>A rule about symbols that the parser does not read.</summary>
internal abstract class SymbolRule(DiagnosticDescriptor descriptor) : Rule(descriptor)
{
    /// <summary>Called once for each compilation that uses Flowgen.</summary>
    public abstract void Register(CompilationStartAnalysisContext context, FlowSymbols symbols);
}

/// <summary>A rule about the bodies of a stage's methods, which the parser does not read.</summary>
internal abstract class BodyRule(DiagnosticDescriptor descriptor, ProblemKind? kind = null) : Rule(descriptor, kind)
{
    /// <summary>Called once for each stage.</summary>
    public abstract void Register(SymbolStartAnalysisContext context, FlowSymbols symbols);
}
