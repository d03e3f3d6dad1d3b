namespace Flowgen.Hosting;

/// <summary>An app that the host runs.</summary>
internal sealed record HostedApp(string Name);
