using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Flowgen.CodeFixes;

/// <summary>The small edits that fixes are made of.</summary>
internal static class Edit
{
    public static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);

    public static TextChange Replace(SyntaxNode node, string text) => new(node.Span, text);

    public static TextChange Replace(SyntaxToken token, string text) => new(token.Span, text);

    /// <summary>Writes a modifier before the keyword of a type.</summary>
    public static TextChange AddModifier(TypeDeclarationSyntax type, string modifier)
    {
        SyntaxToken before = modifier == "partial" ? type.Keyword : type.Modifiers.FirstOrDefault(token => token.IsKind(SyntaxKind.PartialKeyword));
        if (before.IsKind(SyntaxKind.None)) before = type.Keyword;
        return Insert(before.SpanStart, modifier + " ");
    }

    /// <summary>Removes a token and the blank behind it.</summary>
    public static TextChange Remove(SyntaxToken token) => new(TextSpan.FromBounds(token.SpanStart, token.FullSpan.End), "");

    /// <summary>Writes an attribute into the list of a declaration that holds those of Flowgen, or into a line of its own.</summary>
    public static TextChange AddAttribute(MemberDeclarationSyntax declaration, string attribute)
    {
        AttributeListSyntax? wires = declaration.AttributeLists.LastOrDefault(list => list.Attributes.Any(IsWire));
        return wires is null
            ? Insert(declaration.GetFirstToken().SpanStart, $"[{attribute}]{LineBreak(declaration)}")
            : Insert(wires.Attributes.Last().Span.End, ", " + attribute);
    }

    /// <summary>Removes an attribute; its list too if nothing else is in it.</summary>
    public static TextChange Remove(AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        return list.Attributes.Count == 1 ? RemoveWithSpace(list) : RemoveItem(list.Attributes, attribute);
    }

    /// <summary>Removes an argument; the parentheses too if nothing else is in them.</summary>
    public static TextChange Remove(AttributeArgumentSyntax argument)
    {
        var list = (AttributeArgumentListSyntax)argument.Parent!;
        return list.Arguments.Count == 1 ? new TextChange(list.Span, "") : RemoveItem(list.Arguments, argument);
    }

    public static TextChange Remove(ParameterSyntax parameter) => RemoveItem(((ParameterListSyntax)parameter.Parent!).Parameters, parameter);

    /// <summary>Removes a member with its line and the blank line before it.</summary>
    public static TextChange Remove(MemberDeclarationSyntax member)
    {
        TextSpan span = member.FullSpan;
        return new TextChange(span, "");
    }

    /// <summary>Writes a named argument behind the others of an attribute, or in place of its old value.</summary>
    public static TextChange SetArgument(AttributeSyntax attribute, string name, string value)
    {
        if (attribute.ArgumentList is not { Arguments.Count: > 0 } list) return new TextChange(TextSpan.FromBounds(attribute.Name.Span.End, attribute.Span.End), $"({name} = {value})");
        AttributeArgumentSyntax? old = list.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);
        return old is null ? Insert(list.Arguments.Last().Span.End, $", {name} = {value}") : Replace(old.Expression, value);
    }

    /// <summary>Writes a parameter behind the others.</summary>
    public static TextChange AddParameter(MethodDeclarationSyntax method, string parameter)
    {
        SeparatedSyntaxList<ParameterSyntax> parameters = method.ParameterList.Parameters;
        return parameters.Count == 0
            ? Insert(method.ParameterList.OpenParenToken.Span.End, parameter)
            : Insert(parameters.Last().Span.End, ", " + parameter);
    }

    /// <summary>Writes a member behind the last one of a type, which gets a body if it has none.</summary>
    public static TextChange AddMember(TypeDeclarationSyntax type, string member)
    {
        string line = LineBreak(type);
        if (type.OpenBraceToken.IsKind(SyntaxKind.None) || type.OpenBraceToken.IsMissing)
            return new TextChange(type.SemicolonToken.Span, $"{line}{{{line}    {member}{line}}}");
        return type.Members.LastOrDefault() is { } last
            ? Insert(last.Span.End, $"{line}    {member}")
            : Insert(type.OpenBraceToken.Span.End, $"{line}    {member}");
    }

    /// <summary>A line break and the indentation of the line on which a declaration starts.</summary>
    public static string LineBreak(SyntaxNode declaration)
    {
        SourceText text = declaration.SyntaxTree.GetText();
        TextLine line = text.Lines.GetLineFromPosition(declaration.GetFirstToken().SpanStart);
        string start = text.ToString(line.Span);
        return "\n" + start.Substring(0, start.Length - start.TrimStart().Length);
    }

    private static bool IsWire(AttributeSyntax attribute) => attribute.Name is GenericNameSyntax { Identifier.ValueText: "From" or "To" or "Table" or "Include" }
        || attribute.Name.ToString() is "Stage" or "FlowApp";

    private static TextChange RemoveItem<TNode>(SeparatedSyntaxList<TNode> list, TNode item)
        where TNode : SyntaxNode
    {
        int index = list.IndexOf(item);
        if (list.Count == 1) return new TextChange(item.Span, "");
        return index == 0
            ? new TextChange(TextSpan.FromBounds(item.SpanStart, list[1].SpanStart), "")
            : new TextChange(TextSpan.FromBounds(list[index - 1].Span.End, item.Span.End), "");
    }

    // Up to the next token: the line of the list goes too.
    private static TextChange RemoveWithSpace(SyntaxNode node) => new(TextSpan.FromBounds(node.SpanStart, node.GetLastToken().GetNextToken().SpanStart), "");
}
