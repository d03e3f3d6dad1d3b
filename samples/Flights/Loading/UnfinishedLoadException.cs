namespace Samples.Flights;

/// <summary>A load was stopped half way, and then another file was to be loaded, or the same with other content.</summary>
/// <param name="file">The file that is loaded in part.</param>
public sealed class UnfinishedLoadException(LoadedFile file)
    : Exception($"Only {file.Loaded} of the {file.Count} flights of '{file.Name}' are loaded: load that file to its end first, as it was, or start over with --reset.")
{
    public LoadedFile File { get; } = file;
}
