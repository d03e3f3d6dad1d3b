namespace Samples.Flights;

/// <summary>What the command line asked for.</summary>
/// <param name="Directory">The directory of the log.</param>
/// <param name="Reset">Start over.</param>
/// <param name="Data">A JSON array of flights.</param>
/// <param name="Partitions">Partitions of every topic; null takes those of the log, or of the declarations.</param>
/// <param name="Workers">Threads; null takes one for each core.</param>
internal sealed record Options(string Directory, bool Reset, string Data, int? Partitions, int? Workers);
