namespace Samples.Flights;

/// <summary>All stages of this project.</summary>
[FlowApp(Name)]
public sealed partial class FlightsApp
{
    /// <summary>The name of the app, and of the group whose offsets it commits.</summary>
    public const string Name = "flights";
}
