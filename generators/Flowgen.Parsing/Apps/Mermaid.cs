using System.Text;
using Flowgen.Parsing.Models;

namespace Flowgen.Parsing;

/// <summary>Draws an app as a Mermaid flowchart.</summary>
internal static class Mermaid
{
    public static string Draw(EquatableArray<TopicModel> topics, StageSummary[] stages, EquatableArray<EdgeModel> edges)
    {
        var text = new StringBuilder("flowchart LR");
        foreach (TopicModel topic in topics) text.Append("\n  ").Append(Id(topic.Name)).Append("[(\"").Append(topic.Name).Append("\")]");
        foreach (StageSummary stage in stages) text.Append("\n  ").Append(stage.Type.Name).Append("[\"").Append(stage.Name).Append("\"]");
        foreach (EdgeModel edge in edges)
        {
            string from = edge.From < 0 ? Id(topics[edge.Topic].Name) : stages[edge.From].Type.Name;
            string to = edge.To < 0 ? Id(topics[edge.Topic].Name) : stages[edge.To].Type.Name;
            text.Append("\n  ").Append(from).Append(' ').Append(Arrow(edge)).Append(' ').Append(to);
        }

        return text.ToString();
    }

    private static string Arrow(EdgeModel edge) => edge.Kind switch
    {
        EdgeKind.Table => "-. table .->",
        EdgeKind.Direct => $"-- {NameText.Kebab(edge.Record.Name)} -->",
        EdgeKind.Exchange or EdgeKind.ReadExchange => $"== {edge.ExchangeName} ==>",
        _ => "-->",
    };

    private static string Id(string topic) => "topic-" + new string([.. topic.Select(c => char.IsLetterOrDigit(c) && c < 128 ? c : '-')]);
}
