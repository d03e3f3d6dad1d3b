namespace Flowgen.Runtime;

/// <summary>An app in words.</summary>
/// <param name="Name">The consumer group of the app, and the prefix of its internal topics.</param>
/// <param name="CommitEveryMs">Milliseconds between two commits, at least 1.</param>
/// <param name="Mermaid">The app as a Mermaid flowchart.</param>
public sealed record AppInfo(string Name, long CommitEveryMs, string Mermaid);
