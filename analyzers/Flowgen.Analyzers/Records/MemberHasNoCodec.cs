using Flowgen.Parsing;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Records;

internal sealed class MemberHasNoCodec() : Rule(Descriptor, ProblemKind.MemberHasNoCodec)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0106",
        "Member has no codec",
        "'{0}.{1}' of type '{2}' cannot be written: use a supported type or a computed property",
        Categories.Records,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0106.md");
}
