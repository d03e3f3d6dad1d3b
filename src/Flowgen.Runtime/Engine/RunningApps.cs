using System.Runtime.CompilerServices;

namespace Flowgen.Runtime;

/// <summary>The apps that run in this process, for each log. A log in use by another process cannot be opened at all; on Kafka the transactional id fences.</summary>
internal static class RunningApps
{
    private static readonly ConditionalWeakTable<object, HashSet<string>> ByLog = [];

    public static bool TryEnter(IEngineLog log, string app)
    {
        HashSet<string> apps = ByLog.GetOrCreateValue(Identity(log));
        lock (apps) return apps.Add(app);
    }

    public static void Leave(IEngineLog log, string app)
    {
        HashSet<string> apps = ByLog.GetOrCreateValue(Identity(log));
        lock (apps) apps.Remove(app);
    }

    private static object Identity(IEngineLog log) => log is EmbeddedLog embedded ? embedded.Log : log;
}
