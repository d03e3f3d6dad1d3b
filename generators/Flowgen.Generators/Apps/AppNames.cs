using System.Text;
using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Apps;

/// <summary>What topics and stages are called in the wiring of an app.</summary>
internal sealed class AppNames
{
    private readonly string[] _topics;
    private readonly string[] _stages;

    public AppNames(AppModel app)
    {
        Types = new TypeNames(app.Declaration.Type.Namespace, app.Declaration.HiddenNames);
        HashSet<string> taken = ["app"];
        _stages = [.. app.Stages.Select(s => Free(Code.Camel(s.Type.Name), "Stage", taken))];
        _topics = [.. app.Topics.Select(t => Free(Identifier(t.Name), "Topic", taken))];
    }

    /// <summary>How types are called.</summary>
    public TypeNames Types { get; }

    /// <summary>The variable of a topic.</summary>
    public string Topic(int index) => _topics[index];

    /// <summary>The variable of a stage.</summary>
    public string Stage(int index) => _stages[index];

    private static string Free(string name, string suffix, HashSet<string> taken)
    {
        string free = name;
        for (int i = 1; !taken.Add(free); i++) free = name + suffix + (i == 1 ? "" : i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return free;
    }

    // "airport-hours" becomes "airportHours".
    private static string Identifier(string topic)
    {
        StringBuilder text = new();
        bool isStart = false;
        foreach (char c in topic)
        {
            if (!char.IsLetterOrDigit(c))
            {
                isStart = text.Length > 0;
                continue;
            }

            if (text.Length == 0 && char.IsDigit(c)) text.Append("topic");
            text.Append(isStart ? char.ToUpperInvariant(c) : c);
            isStart = false;
        }

        return text.Length == 0 ? "topic" : Code.Camel(text.ToString());
    }
}
