namespace Consumer;

/// <summary>All stages of this project.</summary>
[FlowApp("consumer")]
public sealed partial class ConsumerApp;
