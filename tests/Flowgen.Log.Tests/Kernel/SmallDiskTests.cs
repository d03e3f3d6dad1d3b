using System.Globalization;
using Flowgen.Log.Tests.Support;
using Xunit.Abstractions;

namespace Flowgen.Log.Tests.Kernel;

/// <summary>A real disk that is really full. Where none can be mounted, the simulated one of FullDiskTests has to do.</summary>
public class SmallDiskTests(ITestOutputHelper output)
{
    private const int Megabytes = 24;

    private static readonly FlowLogOptions Options = new() { SegmentBytes = 1 << 20 };

    [Theory]
    [InlineData("tmpfs")]
    [InlineData("ext4")]
    public void A_full_disk_stops_appending_and_nothing_else_and_appending_goes_on_when_there_is_room(string kind)
    {
        using var disk = SmallDisk.TryMount(kind, Megabytes);
        if (disk is null)
        {
            output.WriteLine($"Not run: no {kind} can be mounted here. FullDiskTests does the same on a simulated disk.");
            return;
        }

        string directory = Path.Combine(disk.Path, "log");
        var expected = new List<string>();
        using (var log = FlowLog.Open(directory, Options))
        {
            log.CreateTopic("t", new TopicSettings());
            log.CreateTopic("other", new TopicSettings());
            log.Append("other", 0, "kept");
            Fill(log, expected);
            EverythingElseGoesOn(log, expected);

            log.DeleteRecordsBefore("t", 0, expected.Count / 2);
            int deleted = expected.Count / 2;
            Fill(log, expected);
            Assert.True(expected.Count > deleted, "The room of the deleted records was not used.");
            Assert.Equal(expected[deleted..], log.ReadAll("t", 0));

            log.DeleteRecordsBefore("t", 0, expected.Count - 1);
            disk.Fill();
            Assert.Throws<DiskFullException>(() => Append(log, new string('x', 200_000), times: 100));
            disk.Empty();
            log.Append("t", 0, "after the ballast");
            expected.Add("after the ballast");
        }

        using (var log = FlowLog.Open(directory, Options))
        {
            Assert.True(log.Recovery.WasClosedCleanly);
            Assert.Equal("kept", log.ReadAll("other", 0)[0]);
            Assert.Equal(expected[^2..], log.ReadAll("t", 0));
        }
    }

    private static void Fill(FlowLog log, List<string> appended)
    {
        var e = Assert.Throws<DiskFullException>(() =>
        {
            for (int i = 0; i < Megabytes * 100; i++)
            {
                string value = appended.Count.ToString(CultureInfo.InvariantCulture).PadRight(50_000, 'x');
                log.Append("t", 0, value);
                appended.Add(value);
            }
        });
        Assert.Contains("make room", e.Message, StringComparison.Ordinal);
    }

    private static void EverythingElseGoesOn(FlowLog log, List<string> appended)
    {
        Assert.Equal(appended, log.ReadAll("t", 0));
        for (int i = 0; i < 20; i++)
            log.CommitOffset("group", "t", 0, i, "metadata");
        Assert.Equal(19, log.GetCommitted("group", "t", 0)?.Offset);
        using var aborted = log.BeginTransaction();
        aborted.Append("t", 0, LogTestExtensions.Batch(new string('a', 50_000)));
    }

    private static void Append(FlowLog log, string value, int times)
    {
        for (int i = 0; i < times; i++)
            log.Append("other", 0, value);
    }
}
