using Flowgen.Runtime;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>The topics that an app writes.</summary>
internal static class PlanTopics
{
    public const string Orphans = "orphans";

    /// <summary>The dead-letter topics that there may be.</summary>
    public static IEnumerable<string> Dead(Plan plan) =>
        plan.Stages.Select(stage => stage.Name == Plan.NoteWindows ? Plan.Annotate : stage.Name).Select(stage => stage + BadRecords.Suffix); // notes begin with another stage

    public static string LateOf(PlanStage stage) => stage.Name + "-late";

    /// <summary>All that readers follow: not those that are compacted.</summary>
    public static IEnumerable<string> Results(Plan plan)
    {
        foreach (string topic in Dead(plan)) yield return topic;
        foreach (PlanStage stage in plan.Stages)
        {
            if (stage.Topic is { } topic) yield return topic;
            if (stage.Kind.Name == Plan.Enrich) yield return Orphans;
            if (stage.Kind.Name is Plan.LateWindows or Plan.CorrectedWindows || (stage.Kind.Name == Plan.Totals && !plan.CompactsTotals)) yield return stage.Name;
            if (stage.Kind.Name is Plan.LateWindows or Plan.CorrectedWindows) yield return LateOf(stage);
        }
    }
}
