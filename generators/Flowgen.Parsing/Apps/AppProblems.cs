using System.Globalization;
using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>What is wrong between the stages and topics of a compilation. Each of them may be right by itself, so this runs when all are known.</summary>
public sealed class AppProblems
{
    private readonly ProblemList _problems = new();

    private AppProblems()
    {
    }

    /// <summary>Checks a compilation.</summary>
    /// <param name="topics">The types with [Topic].</param>
    /// <param name="stages">The stages.</param>
    /// <param name="apps">The apps.</param>
    /// <returns>The problems, in the order of the source.</returns>
    public static IEnumerable<Problem> Find(
        IEnumerable<INamedTypeSymbol> topics,
        IEnumerable<(INamedTypeSymbol Symbol, StageSummary Summary)> stages,
        IEnumerable<(INamedTypeSymbol Symbol, AppDeclarationModel Model)> apps)
    {
        var found = new AppProblems();
        AppMember[] members = [.. InSourceOrder(stages, s => s.Symbol).Select(s => new AppMember(s.Symbol, s.Summary))];
        (INamedTypeSymbol Symbol, AppDeclarationModel Model)[] all = [.. apps];

        found.CheckTopics([.. InSourceOrder(topics, t => t)]);
        found.CheckIncluded(members, all);
        foreach ((INamedTypeSymbol symbol, AppDeclarationModel app) in all) found.CheckApp(symbol, Members(symbol, app, members));
        if (all.Length == 0) found.CheckNames(members);
        return found._problems.ToImmutable();
    }

    private static AppMember[] Members(INamedTypeSymbol symbol, AppDeclarationModel app, AppMember[] stages) =>
    [
        .. stages.Where(stage => app.Includes.IsEmpty || app.Includes.Contains(stage.Summary.Type.FullName)),
        .. app.Referenced.Select(stage => new AppMember(symbol, stage)),
    ];

    private void CheckTopics(INamedTypeSymbol[] topics)
    {
        var byName = new Dictionary<string, INamedTypeSymbol>(StringComparer.Ordinal);
        var byMetricName = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (INamedTypeSymbol type in topics)
        {
            AttributeData attribute = type.Attribute("Topic")!;
            string name = attribute.First<string>() ?? "";
            string metricName = name.Replace('.', '_');
            if (byName.TryGetValue(name, out INamedTypeSymbol? other)) _problems.Add(ProblemKind.TopicDeclaredTwice, attribute.FirstLocation(type), name, other.Name, type.Name);
            else if (byMetricName.TryGetValue(metricName, out string? similar)) _problems.Add(ProblemKind.NamesCollideInMetrics, attribute.FirstLocation(type), similar, name);
            byName[name] = type;
            byMetricName[metricName] = name;
        }
    }

    private void CheckIncluded(AppMember[] stages, (INamedTypeSymbol Symbol, AppDeclarationModel Model)[] apps)
    {
        if (apps.Length == 0 || apps.Any(app => app.Model.Includes.IsEmpty)) return;
        HashSet<string> included = [.. apps.SelectMany(app => app.Model.Includes)];
        foreach (AppMember stage in stages)
            if (!included.Contains(stage.Summary.Type.FullName)) _problems.Add(ProblemKind.StageIsInNoApp, stage.Symbol.Locations[0], stage.Symbol.Name);
    }

    private void CheckApp(INamedTypeSymbol app, AppMember[] members)
    {
        CheckNames(members);
        CheckStreams(members);
        CheckWriters(members);
        if (StageCycle.Find(members) is { } cycle) _problems.Add(ProblemKind.Cycle, app.Locations[0], string.Join(" > ", cycle));
    }

    private void CheckNames(AppMember[] members)
    {
        var seen = new Dictionary<string, AppMember>(StringComparer.Ordinal);
        foreach (AppMember stage in members)
        {
            if (!seen.TryGetValue(stage.Summary.Name, out AppMember? other)) seen.Add(stage.Summary.Name, stage);
            else _problems.Add(ProblemKind.TwoStagesWithOneName, stage.NameLocation, other.Summary.Type.ShortName, stage.Summary.Type.ShortName, stage.Summary.Name);
        }
    }

    private void CheckStreams(AppMember[] members)
    {
        // What a stage with an error reads and writes is not known.
        if (members.Any(m => m.Summary.HasErrors)) return;
        HashSet<string> written = [.. members.SelectMany(m => m.Summary.Outputs).Select(AppMember.WireOf)];
        HashSet<string> read = [.. members.SelectMany(m => m.Summary.Inputs).Select(AppMember.WireOf)];
        foreach (AppMember stage in members)
        {
            foreach (InputModel input in stage.Summary.Inputs.Where(i => i.Topic is null && !written.Contains(AppMember.WireOf(i))))
                _problems.Add(ProblemKind.StreamHasNoWriter, stage.LocationOf("From", input.Record), input.Record.ShortName, stage.Summary.Type.ShortName);
            foreach (OutputModel output in stage.Summary.Outputs.Where(o => o.Topic is null && !read.Contains(AppMember.WireOf(o))))
                _problems.Add(ProblemKind.StreamHasNoReader, stage.LocationOf("To", output.Record), output.Record.ShortName, stage.Summary.Type.ShortName);
        }
    }

    private void CheckWriters(AppMember[] members)
    {
        Dictionary<string, (AppMember Stage, OutputModel Output)[]> writers = members
            .SelectMany(stage => stage.Summary.Outputs.Select(output => (Stage: stage, Output: output)))
            .GroupBy(writer => AppMember.WireOf(writer.Output))
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

        foreach ((AppMember Stage, OutputModel Output)[] several in writers.Values.Where(w => w.Length > 1))
            foreach ((AppMember stage, OutputModel output) in several.Skip(1))
                _problems.Add(ProblemKind.TwoWriters, stage.LocationOf("To", output.Topic?.Marker ?? output.Record), (output.Topic?.Marker ?? output.Record).ShortName, several.Length.ToString(CultureInfo.InvariantCulture));

        foreach (AppMember stage in members)
            foreach (InputModel input in stage.Summary.Inputs.Where(i => i.StartsAtEnd && writers.ContainsKey(AppMember.WireOf(i))))
                _problems.Add(ProblemKind.SourceIsTopicOfSameApp, stage.ArgumentLocation("From", input.Topic?.Marker ?? input.Record, "Start"), stage.Summary.Type.ShortName, (input.Topic?.Marker ?? input.Record).ShortName);
    }

    private static IEnumerable<T> InSourceOrder<T>(IEnumerable<T> items, Func<T, ISymbol> symbol) => items
        .OrderBy(item => symbol(item).Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
        .ThenBy(item => symbol(item).Locations[0].SourceSpan.Start);
}
