using System.Collections.Immutable;
using Flowgen.Analyzers.Aggregates;
using Flowgen.Analyzers.Determinism;
using Flowgen.Analyzers.Keys;
using Flowgen.Analyzers.Project;
using Flowgen.Analyzers.Records;
using Flowgen.Analyzers.State;
using Flowgen.Analyzers.Steps;
using Flowgen.Analyzers.Tables;
using Flowgen.Analyzers.Time;
using Flowgen.Analyzers.Topology;
using Flowgen.Analyzers.Windows;

namespace Flowgen.Analyzers;

/// <summary>Every rule, in the order of the catalogue. A new rule is one file and one line here.</summary>
internal static class RuleTable
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new StageMustBePartial(),
        new StageModifiers(),
        new StageShouldBeSealed(),
        new StepsInSeveralDeclarations(),
        new LanguageVersionTooLow(),
        new StepOutsideStage(),
        new NameIsTaken(),
        new NotReachable(),

        new RecordHasNoTopic(),
        new TopicNameNotValid(),
        new TopicDeclaredTwice(),
        new PartitionCount(),
        new NamesCollideInMetrics(),
        new MemberHasNoCodec(),
        new RecordCannotBeBuilt(),
        new RecordIsMutable(),
        new RetentionHasNoEffect(),
        new MarkerTopicWithoutRecord(),
        new SensitiveKey(),
        new HeaderType(),
        new FieldNumberUsedTwice(),

        new KeyNeeded(),
        new TypeCannotBeKey(),
        new KeyMemberOrder(),
        new TwoKeyBySteps(),
        new KeyParameterType(),
        new RecordsAreRepartitioned(),
        new RepartitionWithoutUse(),
        new CompactedTopicWithoutKey(),
        new FewKeyValues(),

        new DurationNotValid(),
        new DurationMustBePositive(),
        new EventTimeType(),
        new TwoEventTimes(),
        new DateTimeAsEventTime(),
        new TimeOfAppend(),
        new LongerThanTheWindow(),
        new UnitHasNoEffect(),
        new IdleIsShort(),

        new CorrectionsLookLikeResults(),
        new WindowWithoutWindow(),
        new LateRecordsAreDropped(),
        new WindowHasNoEffect(),
        new RetentionTooShort(),

        new SignatureOfStep(),
        new ParameterCannotBeSupplied(),
        new NothingFeedsStep(),
        new OutputHasNoTo(),
        new NothingWritesToTopic(),
        new InputIsNotUsed(),
        new TwoResults(),
        new StepsMayNotCommute(),
        new TwoRoles(),
        new StepCanBeStatic(),
        new StepCannotBeAsync(),
        new RecordPassedByRef(),
        new RecordGoesNowhere(),
        new BranchToForeignTopic(),
        new UnbranchedRecordsAreDropped(),
        new NoStep(),

        new NoAdd(),
        new NoEmit(),
        new DifferentAccumulators(),
        new AccumulatorNotByRef(),
        new AccumulatorIsClass(),
        new AccumulatorKeepsAllRecords(),
        new ChangeIsLost(),

        new StateCannotHoldThis(),
        new FieldIsNotState(),
        new TwoStateTypes(),
        new NoStateOfThisType(),
        new TwoCores(),
        new TextEscapes(),

        new KeysDoNotMatch(),
        new NotCoPartitioned(),
        new OnDoesNotFit(),
        new TableOnUncompactedTopic(),
        new NotAnInput(),
        new UnmatchedRecordsAreDropped(),
        new TableIsNotDeclared(),
        new ThreeInputs(),
        new KeyOfTheLookup(),

        new Cycle(),
        new StreamHasNoWriter(),
        new StreamHasNoReader(),
        new TwoStagesWithOneName(),
        new NotPartOfAnApp(),
        new StageIsInNoApp(),
        new StateDependsOnClassName(),
        new TwoWriters(),
        new SourceIsTopicOfSameApp(),

        new ClockOrChance(),
        new StaticState(),
    ];
}
