namespace Samples.Flights;

/// <summary>How far a data file is loaded; written in the same commit as the records themselves.</summary>
/// <param name="Hash">SHA-256 of the file.</param>
/// <param name="Name">Its name.</param>
/// <param name="Loaded">Records that are in their topic.</param>
/// <param name="Count">Records of the file.</param>
[Topic(Topics.LoadedFiles, Cleanup = Cleanup.Compact)]
public readonly record struct LoadedFile([Key] string Hash, string Name, int Loaded, int Count)
{
    public bool IsComplete => Loaded == Count;
}
