using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.Parsing;

/// <summary>A step method with its symbols and what its parameters were found to be.</summary>
internal sealed class StepDeclaration(IMethodSymbol method, AttributeData attribute, StepKind kind)
{
    public IMethodSymbol Method { get; } = method;

    public AttributeData Attribute { get; } = attribute;

    public StepKind Kind { get; } = kind;

    public int Order { get; } = attribute.NamedNumber("Order", 0);

    public bool HasOrder { get; } = attribute.Named("Order") is not null;

    /// <summary>The parameters in their order.</summary>
    public List<ParameterDeclaration> Parameters { get; } = [];

    public ResultKind Result { get; set; }

    /// <summary>What is returned, without nullability; null for void.</summary>
    public ITypeSymbol? ResultType { get; set; }

    public string Name => Method.Name;

    public string Word => Kind.ToString();

    public Location Location => Method.Locations[0];

    public INamedTypeSymbol? Record => Find(ArgumentKind.Record)?.Type as INamedTypeSymbol;

    public INamedTypeSymbol? Row => Find(ArgumentKind.Row)?.Type as INamedTypeSymbol;

    public ParameterDeclaration? Find(ArgumentKind kind) => Parameters.Find(p => p.Kind == kind);

    /// <summary>The topic of a [Branch].</summary>
    public INamedTypeSymbol? BranchTarget => Attribute.AttributeClass!.TypeArguments is [INamedTypeSymbol target] ? target : null;

    /// <summary>Whether it returns a record, rather than a bool, a key or an accumulator.</summary>
    public bool ReturnsRecord => Result != ResultKind.Void && Kind is StepKind.Map or StepKind.Emit or StepKind.Late or StepKind.Join or StepKind.Unmatched;

    /// <summary>The record types that it gives, each with the parameter that emits it; null: it is returned.</summary>
    public IEnumerable<(INamedTypeSymbol Type, ParameterDeclaration? Out)> Outputs
    {
        get
        {
            if (ReturnsRecord && ResultType is INamedTypeSymbol result) yield return (result, null);
            foreach (ParameterDeclaration parameter in Parameters)
                if (parameter is { Kind: ArgumentKind.Out, Type: INamedTypeSymbol type }) yield return (type, parameter);
        }
    }

    /// <summary>Whether a record ends here or goes on in another form, unlike in a filter or a branch.</summary>
    public bool Consumes => Kind is StepKind.Map or StepKind.FlatMap or StepKind.Add or StepKind.Process or StepKind.Join;

    /// <summary>Whether it is a part of the stateful core.</summary>
    public bool IsCore => Kind is StepKind.Add or StepKind.Process;
}

/// <summary>A parameter of a step.</summary>
/// <param name="Symbol">The parameter.</param>
/// <param name="Kind">What it is given.</param>
/// <param name="Type">Its type; the record type of an Out.</param>
/// <param name="Table">Index of the table it needs; -1: none.</param>
internal sealed record ParameterDeclaration(IParameterSymbol Symbol, ArgumentKind Kind, ITypeSymbol Type, int Table = -1)
{
    public PassingMode Mode => Symbol.RefKind switch
    {
        RefKind.Ref => PassingMode.Ref,
        RefKind.In or RefKind.RefReadOnlyParameter => PassingMode.In,
        _ => PassingMode.Value,
    };

    public Location Location => Symbol.Locations[0];

    /// <summary>Its type as it is written.</summary>
    public Location TypeLocation => (Symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as ParameterSyntax)?.Type is { } type
        ? (type is RefTypeSyntax byRef ? byRef.Type : type).GetLocation()
        : Location;
}
