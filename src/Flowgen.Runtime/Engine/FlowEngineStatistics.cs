namespace Flowgen.Runtime;

/// <summary>What an app has done in one run.</summary>
/// <param name="Records">Records read from topics.</param>
/// <param name="Commits">Atomic steps committed.</param>
/// <param name="Inputs">Each partition that is read.</param>
/// <param name="Operators">Each operator of each task.</param>
public sealed record FlowEngineStatistics(long Records, long Commits, IReadOnlyList<InputStatistics> Inputs, IReadOnlyList<OperatorStatistics> Operators)
{
    /// <summary>Nothing has run yet.</summary>
    public static FlowEngineStatistics None { get; } = new(0, 0, [], []);

    internal static FlowEngineStatistics Of(EngineRun run)
    {
        List<InputStatistics> inputs = [.. run.Tasks.SelectMany(task => task.Sources).Select(source => InputOf(run.Log, source))];
        List<OperatorStatistics> operators = [.. run.Tasks.SelectMany(task => task.Operators).Select(OperatorOf)];
        return new FlowEngineStatistics(inputs.Sum(input => input.Records), run.Commits, inputs, operators);
    }

    private static InputStatistics InputOf(IEngineLog log, Source source)
    {
        long position = source.Position;
        long lag = Math.Max(0, log.GetOffsets(source.Topic, source.Partition).Next - position);
        return new InputStatistics(source.Topic, source.Partition, source.Records, position, lag, source.NewestTime, source.Bad.Count) { Skipped = source.Skipped };
    }

    private static OperatorStatistics OperatorOf(OperatorInstance op) => new(
        op.Vertex.Node.Stage.Name,
        op.Vertex.Name,
        op.Task.Partition,
        op.Clock.Watermark,
        op.LateRecords,
        op.Changelog?.Entries ?? 0,
        op.Changelog?.SizeInBytes ?? 0);
}

/// <summary>What an app has read of one partition.</summary>
/// <param name="Topic">Name of the topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Records">Records read in this run.</param>
/// <param name="Position">Offset of the next record to read.</param>
/// <param name="Lag">Committed records that are not read yet.</param>
/// <param name="NewestTime">The newest event time in Unix milliseconds; <see cref="long.MinValue"/> before the first record.</param>
/// <param name="LeftOut">Records that could not be processed and were left out in this run, see <see cref="FlowEngineOptions.OnError"/>.</param>
public sealed record InputStatistics(string Topic, int Partition, long Records, long Position, long Lag, long NewestTime, long LeftOut)
{
    /// <summary>Offsets that were passed in this run because their records had been removed before the app read them, see <see cref="FlowEngineOptions.AutoOffsetReset"/>.</summary>
    public long Skipped { get; init; }
}

/// <summary>What an operator of one task has done and keeps.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Operator">Name of the operator.</param>
/// <param name="Task">Number of the task: its partition.</param>
/// <param name="Watermark">How far event time has come, in Unix milliseconds; <see cref="long.MinValue"/> before the first.</param>
/// <param name="LateRecords">Records that came after their window had closed for good and that no step took, in this run.</param>
/// <param name="StateEntries">Entries of keyed state.</param>
/// <param name="StateBytes">Memory that they take, in bytes.</param>
public sealed record OperatorStatistics(string Stage, string Operator, int Task, long Watermark, long LateRecords, long StateEntries, long StateBytes);
