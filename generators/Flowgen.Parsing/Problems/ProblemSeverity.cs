namespace Flowgen.Parsing;

/// <summary>Which problems stop the generator.</summary>
public static class ProblemSeverity
{
    private static readonly HashSet<ProblemKind> Harmless =
    [
        ProblemKind.StageShouldBeSealed,
        ProblemKind.NamesCollideInMetrics, ProblemKind.RecordIsMutable, ProblemKind.RetentionHasNoEffect, ProblemKind.SensitiveKey,
        ProblemKind.RecordsAreRepartitioned, ProblemKind.RepartitionWithoutUse, ProblemKind.FewKeyValues,
        ProblemKind.DateTimeAsEventTime, ProblemKind.TimeOfAppend, ProblemKind.LongerThanTheWindow, ProblemKind.UnitHasNoEffect, ProblemKind.IdleIsShort,
        ProblemKind.CorrectionsLookLikeResults, ProblemKind.LateRecordsAreDropped, ProblemKind.WindowHasNoEffect, ProblemKind.RetentionTooShort,
        ProblemKind.NothingWritesToTopic, ProblemKind.InputIsNotUsed, ProblemKind.StepsMayNotCommute, ProblemKind.UnbranchedRecordsAreDropped,
        ProblemKind.AccumulatorIsClass, ProblemKind.AccumulatorKeepsAllRecords,
        ProblemKind.TableOnUncompactedTopic, ProblemKind.UnmatchedRecordsAreDropped,
        ProblemKind.StreamHasNoReader, ProblemKind.StageIsInNoApp, ProblemKind.StateDependsOnClassName, ProblemKind.TwoWriters, ProblemKind.SourceIsTopicOfSameApp,
    ];

    /// <summary>Whether a problem of this kind stops the generator.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>False for warnings and hints.</returns>
    public static bool IsError(ProblemKind kind) => !Harmless.Contains(kind);
}
