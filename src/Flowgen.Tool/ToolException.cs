namespace Flowgen.Tool;

/// <summary>Something the user can mend. Its message is the one line that they see.</summary>
internal sealed class ToolException(string message) : Exception(message);
