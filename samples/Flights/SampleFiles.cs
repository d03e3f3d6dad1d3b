namespace Samples.Flights;

/// <summary>Where the files of the sample are, wherever it was started.</summary>
internal static class SampleFiles
{
    private static readonly string Binaries = AppContext.BaseDirectory;

    public static string Flights => Path.Combine(Binaries, "data", "flights-20k.json");

    public static string Airports => Path.Combine(Binaries, "data", "airports.csv");

    /// <summary><c>.flowgen</c> beside the project file; beside the program where there is none.</summary>
    public static string Log => Path.Combine(ProjectFolder() ?? Binaries, ".flowgen");

    private static string? ProjectFolder()
    {
        for (DirectoryInfo? folder = new(Binaries); folder is not null; folder = folder.Parent)
        {
            if (folder.EnumerateFiles("Flights.csproj").Any())
                return folder.FullName;
        }

        return null;
    }
}
