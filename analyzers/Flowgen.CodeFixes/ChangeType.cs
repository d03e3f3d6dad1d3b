using System.Composition;
using Flowgen.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.CodeFixes;

/// <summary>FLOW0205, FLOW0305, FLOW0603 and FLOW0709: writes another type for a parameter, property or field.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ChangeType() : SyntaxFix("FLOW0205", "FLOW0305", "FLOW0603", "FLOW0709")
{
    private protected override void Offer(FixSite site)
    {
        string? type = site.Id switch { "FLOW0305" => "DateTimeOffset", "FLOW0709" => "string", _ => site.Property(ProblemProperties.Type) };
        if (type is null || Declared(site) is not { } declared) return;
        bool isEmptyAtFirst = site.Id == "FLOW0709" && declared.Parent is VariableDeclarationSyntax or PropertyDeclarationSyntax;
        site.Offer($"Change the type to '{type}'", Edit.Replace(declared, isEmptyAtFirst ? type + "?" : type));
    }

    private static TypeSyntax? Declared(FixSite site) => site.Node switch
    {
        TypeSyntax type when type.Parent is ParameterSyntax => type,
        _ => site.Around<ParameterSyntax>()?.Type ?? site.Around<VariableDeclarationSyntax>()?.Type ?? site.Around<PropertyDeclarationSyntax>()?.Type,
    };
}
