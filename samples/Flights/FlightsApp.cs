namespace Samples.Flights;

/// <summary>All stages of this project.</summary>
[FlowApp("flights")]
public sealed partial class FlightsApp;
