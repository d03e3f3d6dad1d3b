namespace Flowgen.Tool.Diagrams;

/// <summary>The picture of one app.</summary>
/// <param name="App">The name of the app.</param>
/// <param name="Mermaid">A Mermaid flowchart.</param>
internal sealed record AppDiagram(string App, string Mermaid);
