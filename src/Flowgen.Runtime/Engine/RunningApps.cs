using System.Runtime.CompilerServices;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>The apps that run in this process, for each log. A log in use by another process cannot be opened at all; on Kafka the transactional id fences.</summary>
internal static class RunningApps
{
    private static readonly ConditionalWeakTable<object, HashSet<string>> ByLog = [];

    /// <returns>False if the app runs already.</returns>
    /// <exception cref="GroupNotEmptyException">Consumers are members of the group with the app's name.</exception>
    public static bool TryEnter(IEngineLog log, FlowGraph graph)
    {
        string app = graph.App.Name;
        HashSet<string> apps = ByLog.GetOrCreateValue(Identity(log));
        lock (apps)
        {
            if (apps.Contains(app)) return false;
            if (log is EmbeddedLog embedded) embedded.Log.Groups.Enter(app, app, [.. graph.Topics.Select(topic => topic.Name)]);
            return apps.Add(app);
        }
    }

    public static void Leave(IEngineLog log, string app)
    {
        HashSet<string> apps = ByLog.GetOrCreateValue(Identity(log));
        lock (apps)
        {
            apps.Remove(app);
            if (log is EmbeddedLog embedded) embedded.Log.Groups.Exit(app);
        }
    }

    private static object Identity(IEngineLog log) => log is EmbeddedLog embedded ? embedded.Log : log;
}
