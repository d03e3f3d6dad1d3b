namespace Flowgen.Parsing.Models;

/// <summary>A type as generated code names it.</summary>
/// <param name="FullName">With namespace and <c>global::</c>, or a C# keyword.</param>
/// <param name="ShortName">Without namespace, with the types around it: <c>CountWords.Word</c>.</param>
/// <param name="Namespace">The namespace; empty for the global one and for keywords.</param>
public sealed record TypeRef(string FullName, string ShortName, string Namespace)
{
    /// <summary>The short name without the types around it and without type arguments.</summary>
    public string Name
    {
        get
        {
            int end = ShortName.IndexOf('<');
            string name = end < 0 ? ShortName : ShortName.Substring(0, end);
            return name.Substring(name.LastIndexOf('.') + 1);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => FullName;
}
