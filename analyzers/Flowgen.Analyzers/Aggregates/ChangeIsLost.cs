using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Flowgen.Analyzers.Aggregates;

internal sealed class ChangeIsLost() : BodyRule(Descriptor)
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "FLOW0608",
        "Change is lost",
        "'{0}' changes a copy of '{1}', because it is passed with 'in'",
        Categories.Aggregates,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.Prefix + "FLOW0608.md");

    public override void Register(SymbolStartAnalysisContext context, FlowSymbols symbols) =>
        context.RegisterOperationAction(Check, OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (Target(call.Instance) is not { } parameter || !Changes(call.TargetMethod, context.CancellationToken)) return;
        context.ReportDiagnostic(Diagnostic.Create(Descriptor, call.Syntax.GetLocation(), call.TargetMethod.Name, parameter.Name));
    }

    /// <summary>The 'in' parameter whose value the call is made on, directly or through its fields.</summary>
    private static IParameterSymbol? Target(IOperation? instance) => instance switch
    {
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.In } parameter } => parameter,
        IFieldReferenceOperation { Field.IsStatic: false, Instance: { Type.IsValueType: true } inner } => Target(inner),
        _ => null,
    };

    /// <summary>A method that is not readonly may change its struct; one that returns nothing, or that assigns a field, does.</summary>
    private static bool Changes(IMethodSymbol method, CancellationToken cancellation)
    {
        if (method.IsReadOnly || method.IsStatic || method.ContainingType is not { TypeKind: TypeKind.Struct, IsReadOnly: false }) return false;
        if (method.ReturnsVoid) return true;
        return method.DeclaringSyntaxReferences.Any(reference => AssignsField(reference.GetSyntax(cancellation), method.ContainingType));
    }

    private static bool AssignsField(SyntaxNode body, INamedTypeSymbol type) => body.DescendantNodes().Any(node => node switch
    {
        AssignmentExpressionSyntax assignment => IsMember(assignment.Left, type),
        PostfixUnaryExpressionSyntax unary when unary.IsKind(SyntaxKind.PostIncrementExpression) || unary.IsKind(SyntaxKind.PostDecrementExpression) => IsMember(unary.Operand, type),
        PrefixUnaryExpressionSyntax unary when unary.IsKind(SyntaxKind.PreIncrementExpression) || unary.IsKind(SyntaxKind.PreDecrementExpression) => IsMember(unary.Operand, type),
        _ => false,
    });

    private static bool IsMember(ExpressionSyntax target, INamedTypeSymbol type) => target switch
    {
        IdentifierNameSyntax name => Members.OfInstance(type).Any(field => field.Member.Name == name.Identifier.ValueText),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } => true,
        ThisExpressionSyntax => true,
        _ => false,
    };
}
