namespace Flowgen.Log;

/// <summary>How far long work has come.</summary>
/// <param name="Done">Bytes done.</param>
/// <param name="Total">Bytes to do.</param>
/// <param name="Current">The file at hand.</param>
public readonly record struct LogProgress(long Done, long Total, string Current);
