using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Tables;

internal sealed class TableIsNotDeclared() : Rule(Descriptor, ProblemKind.TableIsNotDeclared)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0810",
        "Table is not declared",
        "'{0}' takes a Table of '{1}': add [Table<{1}>] or [GlobalTable<{1}>]",
        Categories.Tables,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0810.md");
}
