using System.Globalization;
using Flowgen.Log.Tests.Support;

namespace Flowgen.Log.Tests.Kernel;

/// <summary>Appends numbered records to a log, one commit for each, and prints each that is acknowledged. Started by the tests as a process of its own.</summary>
internal static class CommitProgram
{
    public const int Commits = 20;

    public static int Main(string[] arguments)
    {
        using var log = FlowLog.Open(arguments[0]);
        try
        {
            log.EnsureTopic("t", new TopicSettings());
            for (int i = 0; i < Commits; i++)
            {
                string value = i.ToString(CultureInfo.InvariantCulture);
                log.Append("t", 0, value);
                Console.WriteLine(value);
            }
        }
        catch (FlowLogException e)
        {
            Console.WriteLine(e.GetType().Name);
            return 1;
        }

        return 0;
    }
}
