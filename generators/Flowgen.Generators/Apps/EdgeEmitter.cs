using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Apps;

/// <summary>Writes one connection of an app.</summary>
internal static class EdgeEmitter
{
    // As the engine takes them where nothing is said.
    private const long DefaultIdleMs = 30_000;

    /// <summary>The statement that makes a connection.</summary>
    public static string Line(EdgeModel edge, AppModel app, AppNames names)
    {
        string record = names.Types.Of(edge.Record);
        string partitions = edge.Partitions > 0 ? $", {edge.Partitions}" : "";
        return edge.Kind switch
        {
            EdgeKind.Read => $"app.Read({names.Topic(edge.Topic)}, {names.Stage(edge.To)}{Times(edge, app)});",
            EdgeKind.ReadExchange => $"app.Exchange({names.Topic(edge.Topic)}, {names.Stage(edge.To)}, {Code.Literal(edge.ExchangeName)}{partitions}{Times(edge, app)});    // another key",
            EdgeKind.Table => $"app.Table({names.Topic(edge.Topic)}, {names.Stage(edge.To)});",
            EdgeKind.Direct => $"app.Direct<{record}>({names.Stage(edge.From)}, {names.Stage(edge.To)});",
            EdgeKind.Exchange => $"app.Exchange<{record}>({names.Stage(edge.From)}, {names.Stage(edge.To)}, {Code.Literal(edge.ExchangeName)}{partitions});    // another key",
            _ => $"app.Write({names.Stage(edge.From)}, {names.Topic(edge.Topic)});",
        };
    }

    private static string Times(EdgeModel edge, AppModel app)
    {
        InputModel input = app.Stages[edge.To].Inputs[edge.Input];
        string outOfOrder = input.OutOfOrderMs == 0 ? "" : $", outOfOrder: {Code.Number(input.OutOfOrderMs)}";
        string idle = input.IdleMs == DefaultIdleMs ? "" : $", idle: {Code.Number(input.IdleMs)}";
        string start = input.StartsAtEnd ? ", start: StartAt.Latest" : "";
        return outOfOrder + idle + start;
    }
}
