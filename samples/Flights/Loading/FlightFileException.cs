namespace Samples.Flights;

/// <summary>A data file that cannot be loaded. Nothing of it was.</summary>
/// <param name="file">The file.</param>
/// <param name="where">Line, or number of the record.</param>
/// <param name="problem">What is wrong, and what was expected.</param>
public sealed class FlightFileException(string file, string where, string problem, Exception? cause = null)
    : Exception($"{file}, {where}: {problem}. Nothing of the file was loaded.", cause)
{
    public string File { get; } = file;

    public string Where { get; } = where;
}
