namespace Flowgen.Log;

/// <summary>Something that <see cref="FlowLog.Verify(string, IProgress{LogProgress}?, CancellationToken)"/> has found.</summary>
/// <param name="IsDefect">Bytes are not what was written, or contradict each other; otherwise a note about something harmless.</param>
/// <param name="Check">The check, such as "batch" or "segment-header".</param>
/// <param name="Path">The file or directory.</param>
/// <param name="Position">Where in the file, if that is known.</param>
/// <param name="Message">What is wrong.</param>
public sealed record LogFinding(bool IsDefect, string Check, string Path, long? Position, string Message);
