namespace Flowgen.Log;

/// <summary>Something that who runs the log should know.</summary>
/// <param name="Kind">What has happened.</param>
/// <param name="Message">What is wrong, where, and what to do.</param>
/// <param name="Cause">What was thrown, if it was an exception.</param>
public sealed record LogEvent(LogEventKind Kind, string Message, Exception? Cause = null);
