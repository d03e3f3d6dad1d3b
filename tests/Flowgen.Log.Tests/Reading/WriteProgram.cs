using System.Globalization;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Reading;

/// <summary>Owns a log and commits numbered records, so that the commit log rotates and segments roll, until it is killed. Started by the tests as a process of its own.</summary>
internal static class WriteProgram
{
    private const int Groups = 60;

    public static int Run(string directory)
    {
        using var log = FlowLog.Open(directory, new FlowLogOptions { SegmentBytes = 4 << 10 });
        log.CreateTopic("t", new TopicSettings());
        string metadata = new('x', 4_000);
        for (int i = 0; ; i++)
        {
            using var transaction = log.BeginTransaction();
            transaction.Append("t", 0, LogTestExtensions.Batch(i.ToString("D200", CultureInfo.InvariantCulture)));
            for (int group = 0; group < Groups; group++)
                transaction.SetOffset(FormattableString.Invariant($"g{group}"), "t", 0, i, metadata);
            transaction.CommitAsync().AsTask().GetAwaiter().GetResult();
            Console.WriteLine(i.ToString(CultureInfo.InvariantCulture));
        }
    }
}
