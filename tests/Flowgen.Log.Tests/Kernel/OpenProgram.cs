namespace Flowgen.Log.Tests.Kernel;

/// <summary>A process that opens a log, to write and to read, and says what came of it.</summary>
internal static class OpenProgram
{
    public static int Run(string directory)
    {
        try
        {
            FlowLog.Open(directory).Dispose();
            Console.WriteLine("opened");
        }
        catch (LogLockedException e)
        {
            Console.WriteLine(e.Message);
        }

        using var log = FlowLog.OpenReadOnly(directory);
        Console.WriteLine($"{log.ListTopics().Count} topics");
        return 0;
    }
}
