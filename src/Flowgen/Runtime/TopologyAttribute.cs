using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>The picture of an app, kept in its metadata so that tools read it without loading the assembly. Generated code sets it.</summary>
/// <param name="app">The name of the app.</param>
/// <param name="mermaid">A Mermaid flowchart of its topics and stages, lines separated by <c>\n</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TopologyAttribute(string app, string mermaid) : Attribute
{
    /// <summary>The name of the app.</summary>
    public string App { get; } = app;

    /// <summary>A Mermaid flowchart of its topics and stages.</summary>
    public string Mermaid { get; } = mermaid;
}
