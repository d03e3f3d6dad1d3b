namespace Samples.Flights;

/// <summary>A data file that cannot be loaded. Nothing of it was.</summary>
public sealed class FlightFileException : Exception
{
    /// <param name="file">The file.</param>
    /// <param name="where">Line and byte, or number of the record.</param>
    /// <param name="problem">What is wrong, and what was expected.</param>
    /// <param name="cause">What the parser said.</param>
    public FlightFileException(string file, string where, string problem, Exception? cause = null)
        : base($"{file}, {where}: {problem}. Nothing of the file was loaded.", cause)
    {
        File = file;
        Where = where;
    }

    private FlightFileException(string file, string message)
        : base(message) => File = file;

    public string File { get; }

    /// <summary>Line and byte, or number of the record; empty where the file as a whole is meant.</summary>
    public string Where { get; } = "";

    public static FlightFileException Missing(string file) => new(file, $"There is no file '{file}'. Name one with --data.");
}
