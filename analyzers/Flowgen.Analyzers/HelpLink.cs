namespace Flowgen.Analyzers;

internal static class HelpLink
{
    /// <summary>Every rule has a page of its own behind this address; the pages are <c>analyzers/docs/rules</c>.</summary>
    public const string Prefix = "https://github.com/flowgen/flowgen/blob/main/analyzers/docs/rules/";
}
