using System.Text;

namespace Flowgen.Simulation.Tests.Kills;

/// <summary>What a reader saw, line by line in a file that survives the kill of its process. A line that was being written is not a sighting.</summary>
internal static class Trace
{
    public static List<Sighting> Read(string path) =>
        File.Exists(path) ? [.. Whole(File.ReadAllBytes(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Sighting.Parse)] : [];

    /// <summary>Opens the file to go on behind its last whole line.</summary>
    public static FileStream OpenToAppend(string path)
    {
        FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        file.SetLength(Encoding.UTF8.GetByteCount(Whole(bytes)));
        file.Seek(0, SeekOrigin.End);
        return file;
    }

    private static string Whole(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        return text[..(text.LastIndexOf('\n') + 1)];
    }
}
