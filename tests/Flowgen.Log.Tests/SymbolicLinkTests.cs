using Flowgen.Log.Commits;
using Flowgen.Log.Files;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests;

/// <summary>Whoever can put a symbolic link into the directory of a log does not lead it out of there: nothing outside is read or changed.</summary>
public sealed class SymbolicLinkTests : IDisposable
{
    private static readonly FlowLogOptions Options = new() { SegmentBytes = 1024 };
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string Root => Path.Combine(_directory.Path, "log");

    private string Outside => Path.Combine(_directory.Path, "outside");

    [Theory]
    [InlineData("flowgen.log")]
    [InlineData("lock")]
    [InlineData("commits")]
    [InlineData("commits/*.commits")]
    [InlineData("topics")]
    [InlineData("topics/t")]
    [InlineData("topics/t/0")]
    [InlineData("topics/t/0/*.segment")]
    public void In_the_place_of_a_part_of_the_log_it_is_refused(string part)
    {
        CreateLog();
        ReplaceByLink(part);
        string outside = ContentOutside();

        var e = Assert.ThrowsAny<Exception>(() => FlowLog.Open(Root, Options, FileSystems.ForThisMachine, CommitMode.Inline));

        Assert.True(e is FlowLogException or IOException, e.ToString());
        Assert.Equal(outside, ContentOutside());
    }

    [Theory]
    [InlineData("clean")]
    [InlineData("durable")]
    [InlineData("topics/t/0/*.index")]
    public void In_the_place_of_what_can_be_made_again_nothing_is_written_through_it(string part)
    {
        CreateLog();
        ReplaceByLink(part);
        string outside = ContentOutside();

        try
        {
            using var log = FlowLog.Open(Root, Options, FileSystems.ForThisMachine, CommitMode.Inline);
            log.Append("t", 0, "more", new string('x', 2_000), "and more");
            Assert.Equal(0, log.FindOffset("t", 0, 1_000));
            log.Housekeeper.RunOnce();
        }
        catch (Exception e) when (e is FlowLogException or IOException)
        {
            Assert.Contains(Path.GetFileName(part).TrimStart('*'), e.Message, StringComparison.Ordinal);
        }

        Assert.Equal(outside, ContentOutside());
    }

    [Fact]
    public void In_the_place_of_a_new_topic_it_is_not_followed()
    {
        CreateLog();
        Directory.CreateDirectory(Outside);
        Directory.CreateSymbolicLink(Path.Combine(Root, "topics", "new"), Outside);

        var e = Assert.ThrowsAny<Exception>(() =>
        {
            using var log = FlowLog.Open(Root, Options);
            log.CreateTopic("new", new TopicSettings());
        });

        Assert.True(e is FlowLogException or IOException, e.ToString());
        Assert.Empty(Directory.GetFileSystemEntries(Outside));
    }

    private void CreateLog()
    {
        using var log = FlowLog.Open(Root, Options, FileSystems.ForThisMachine, CommitMode.Inline);
        log.CreateTopic("t", new TopicSettings());
        for (int i = 0; i < 3; i++)
            log.Append("t", 0, new string('x', 900));
        log.Housekeeper.RunOnce();
    }

    private void ReplaceByLink(string part)
    {
        string pattern = Path.GetFileName(part);
        string path = Directory.GetFileSystemEntries(Path.GetDirectoryName(Path.Combine(Root, part))!, pattern).Order(StringComparer.Ordinal).First();
        if (Directory.Exists(path))
        {
            Directory.Move(path, Outside);
            Directory.CreateSymbolicLink(path, Outside);
        }
        else
        {
            File.Move(path, Outside);
            File.CreateSymbolicLink(path, Outside);
        }
    }

    private string ContentOutside() => File.Exists(Outside)
        ? Convert.ToHexString(File.ReadAllBytes(Outside))
        : string.Join('\n', Directory.GetFiles(Outside, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{f} {Convert.ToHexString(File.ReadAllBytes(f))}"));
}
