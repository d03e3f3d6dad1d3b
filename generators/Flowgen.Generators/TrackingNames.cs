namespace Flowgen.Generators;

/// <summary>The names of the generator's steps; tests assert by them what was cached.</summary>
public static class TrackingNames
{
    public const string TopicRecords = nameof(TopicRecords);
    public const string StreamRecords = nameof(StreamRecords);
    public const string MarkedRecords = nameof(MarkedRecords);
    public const string SharedRecords = nameof(SharedRecords);
    public const string StageDeclarations = nameof(StageDeclarations);
    public const string Stages = nameof(Stages);
    public const string AppDeclarations = nameof(AppDeclarations);
    public const string Apps = nameof(Apps);
}
