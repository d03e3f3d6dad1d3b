using Flowgen.Parsing.Models;

namespace Flowgen.Parsing;

/// <summary>Connects the stages of an app. Works on models only, so that it can run in the pipeline of the generator.</summary>
public sealed class AppWiring
{
    private readonly StageSummary[] _stages;
    private readonly List<TopicModel> _topics;
    private readonly Dictionary<int, int> _partitions = [];

    private AppWiring(IEnumerable<StageSummary> stages)
    {
        _stages = [.. stages];
        _topics = [.. _stages
            .SelectMany(s => s.Inputs.Select(i => i.Topic).Concat(s.Tables.Select(t => t.Topic)).Concat(s.Outputs.Select(o => o.Topic)))
            .OfType<TopicModel>()
            .GroupBy(t => t.Name, (_, same) => same.First())
            .OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    /// <summary>Decides how the stages of an app are connected.</summary>
    /// <param name="app">The app.</param>
    /// <param name="stages">All stages of the compilation, in any order.</param>
    /// <returns>The wiring; that of an app without stages with errors.</returns>
    public static AppModel Connect(AppDeclarationModel app, EquatableArray<StageSummary> stages)
    {
        StageSummary[] members = [.. Members(app, stages)];
        bool hasErrors = app.HasErrors || Array.Exists(members, s => s.HasErrors) || members.Select(s => s.Name).Distinct().Count() < members.Length;
        if (hasErrors) return new AppModel(app.Declaration, app.Name, app.CommitEveryMs, app.CommitEveryText, true, default, default, default, "");

        var wiring = new AppWiring(members);
        var edges = Enumerable.Range(0, members.Length).SelectMany(wiring.EdgesOf).ToEquatable();
        var topics = wiring._topics.ToEquatable();
        return new AppModel(
            app.Declaration, app.Name, app.CommitEveryMs, app.CommitEveryText, false, topics, members.ToEquatable(), edges,
            Mermaid.Draw(topics, members, edges));
    }

    /// <summary>The stages of an app, by name.</summary>
    /// <param name="app">The app.</param>
    /// <param name="stages">All stages of the compilation.</param>
    /// <returns>Those it includes.</returns>
    public static IEnumerable<StageSummary> Members(AppDeclarationModel app, EquatableArray<StageSummary> stages) => stages
        .Where(s => app.Includes.IsEmpty || app.Includes.Contains(s.Type.FullName))
        .Concat(app.Referenced)
        .OrderBy(s => s.Name, StringComparer.Ordinal).ThenBy(s => s.Type.FullName, StringComparer.Ordinal);

    private IEnumerable<EdgeModel> EdgesOf(int stage)
    {
        StageSummary summary = _stages[stage];
        for (int t = 0; t < summary.Tables.Count; t++)
            yield return new EdgeModel(EdgeKind.Table, summary.Tables[t].Row, -1, stage, TopicIndex(summary.Tables[t].Topic), t, -1, null, 0);
        for (int i = 0; i < summary.Inputs.Count; i++)
            foreach (EdgeModel edge in EdgesInto(stage, i)) yield return edge;
        for (int o = 0; o < summary.Outputs.Count; o++)
            if (summary.Outputs[o].Topic is { } topic) yield return new EdgeModel(EdgeKind.Write, summary.Outputs[o].Record, stage, -1, TopicIndex(topic), -1, o, null, 0);
    }

    private IEnumerable<EdgeModel> EdgesInto(int stage, int input)
    {
        InputModel model = _stages[stage].Inputs[input];
        string exchange = $"{_stages[stage].Name}.{NameText.Kebab(model.Record.Name)}";
        if (model.Topic is { } topic)
        {
            bool isExchanged = model.GroupedBy is { Kind: not KeyAccessKind.Own };
            yield return new EdgeModel(
                isExchanged ? EdgeKind.ReadExchange : EdgeKind.Read, model.Record, -1, stage, TopicIndex(topic), input, -1,
                isExchanged ? exchange : null, isExchanged ? TablePartitions(stage) : 0);
            yield break;
        }

        foreach ((int writer, int output) in WritersOf(model))
        {
            bool isDirect = StaysDirect(stage, input, writer, output);
            int partitions = model.StreamPartitions > 0 ? model.StreamPartitions : TablePartitions(stage);
            yield return new EdgeModel(
                isDirect ? EdgeKind.Direct : EdgeKind.Exchange, model.Record, writer, stage, -1, input, output,
                isDirect ? null : exchange, isDirect ? 0 : partitions);
        }
    }

    // Batches are handed over where the reader groups by nothing, or by the key that the records are already partitioned by.
    private bool StaysDirect(int stage, int input, int writer, int output)
    {
        InputModel model = _stages[stage].Inputs[input];
        if (model.GroupedBy is null) return true;
        int table = TablePartitions(stage);
        return model.GroupedBy.Kind == KeyAccessKind.Own
            && (table == 0 || PartitionsOf(writer) == table)
            && SamePartitionsBeside(stage, PartitionsOf(writer))
            && KeyStays(writer, output, []);
    }

    // A stage that groups several inputs needs them all in as many partitions.
    private bool SamePartitionsBeside(int stage, int partitions) =>
        _stages[stage].Inputs.All(i => i.GroupedBy is null
            || (i.Topic is { } topic ? topic.Partitions == partitions : WritersOf(i).All(w => PartitionsOf(w.Stage) == partitions)));

    /// <summary>Whether the records of an output lie in the partition of their key: the stage keeps the key, and its own inputs lie there too.</summary>
    private bool KeyStays(int stage, int output, HashSet<int> visited)
    {
        if (!_stages[stage].Outputs[output].KeyStays || !visited.Add(stage)) return false;
        return _stages[stage].Inputs.All(i => i.GroupedBy is not null || i.Topic is not null || WritersOf(i).All(w => KeyStays(w.Stage, w.Output, [.. visited])));
    }

    private IEnumerable<(int Stage, int Output)> WritersOf(InputModel input)
    {
        for (int stage = 0; stage < _stages.Length; stage++)
            for (int output = 0; output < _stages[stage].Outputs.Count; output++)
                if (_stages[stage].Outputs[output] is { Topic: null } model && model.Record == input.Record) yield return (stage, output);
    }

    private int TablePartitions(int stage) => _stages[stage].Tables.Select(t => t.Topic.Partitions).DefaultIfEmpty(0).Max();

    /// <summary>In how many partitions a stage runs.</summary>
    private int PartitionsOf(int stage)
    {
        if (_partitions.TryGetValue(stage, out int known)) return known;
        _partitions[stage] = 0;
        int count = TablePartitions(stage);
        foreach (InputModel input in _stages[stage].Inputs)
        {
            int own = input.Topic?.Partitions
                ?? (input.StreamPartitions > 0 && input.GroupedBy is not null ? input.StreamPartitions : WritersOf(input).Select(w => PartitionsOf(w.Stage)).DefaultIfEmpty(0).Max());
            count = Math.Max(count, own);
        }

        return _partitions[stage] = count;
    }

    private int TopicIndex(TopicModel topic) => _topics.FindIndex(t => t.Name == topic.Name);
}
