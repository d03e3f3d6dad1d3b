namespace Flowgen.Analyzers;

/// <summary>Categories of the rules: <c>dotnet_analyzer_diagnostic.category-Flowgen.Time.severity</c> sets a whole range.</summary>
internal static class Categories
{
    public const string Project = "Flowgen.Project";
    public const string Records = "Flowgen.Records";
    public const string Keys = "Flowgen.Keys";
    public const string Time = "Flowgen.Time";
    public const string Windows = "Flowgen.Windows";
    public const string Steps = "Flowgen.Steps";
    public const string Aggregates = "Flowgen.Aggregates";
    public const string State = "Flowgen.State";
    public const string Tables = "Flowgen.Tables";
    public const string Topology = "Flowgen.Topology";
    public const string Determinism = "Flowgen.Determinism";
}
