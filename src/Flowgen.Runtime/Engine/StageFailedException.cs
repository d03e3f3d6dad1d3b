using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Flowgen.Runtime;

/// <summary>A step of a stage threw. The app has stopped, and nothing of the epoch in which it happened was committed.</summary>
public sealed class StageFailedException : Exception
{
    /// <summary>An error without details.</summary>
    public StageFailedException()
        : this("A step of a stage failed.")
    {
    }

    /// <summary>An error with what failed, where, and what to do.</summary>
    /// <param name="message">What failed, where, and what to do.</param>
    public StageFailedException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">What failed, where, and what to do.</param>
    /// <param name="innerException">What the step threw.</param>
    public StageFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Name of the stage.</summary>
    public string Stage { get; private init; } = "";

    /// <summary>Name of the method, if it is known.</summary>
    public string? Step { get; private init; }

    /// <summary>Topic or exchange that was being read; null while results were made at the end of an epoch.</summary>
    public string? Topic { get; private init; }

    /// <summary>Its partition; -1 if nothing was being read.</summary>
    public int Partition { get; private init; } = -1;

    /// <summary>Offset of the first record of the run that was being processed; -1 if nothing was being read.</summary>
    public long FirstOffset { get; private init; } = -1;

    /// <summary>Offset of the last record of that run; -1 if nothing was being read.</summary>
    public long LastOffset { get; private init; } = -1;

    /// <summary>Whether <see cref="Topic"/> is an exchange.</summary>
    internal bool IsBehindExchange { get; private init; }

    /// <summary>The content of the one record behind an exchange that was being processed; null if there were several.</summary>
    internal byte[]? Suspect { get; private init; }

    internal static Exception Describe(Exception cause, StepContext context)
    {
        if (context.Running is not { } running) return cause;
        string stage = running.Vertex.Node.Stage.Name;
        string? step = StepOf(cause, running.Operator.GetType());
        string what = step is null ? $"Stage '{stage}' failed" : $"Step '{step}' of stage '{stage}' failed";
        if (context.Reading is not { } reading)
            return new StageFailedException($"{what} while results were made, in task {running.Task.Partition}: {cause.Message} {Advice}", cause) { Stage = stage, Step = step };
        string where = $"'{reading.Topic}' partition {reading.Partition}, offset {Range(context.FirstOffset, context.LastOffset)}";
        return new StageFailedException($"{what} on {where}: {cause.Message} {Advice}", cause)
        {
            Stage = stage,
            Step = step,
            Topic = reading.Topic,
            Partition = reading.Partition,
            FirstOffset = context.FirstOffset,
            LastOffset = context.LastOffset,
            IsBehindExchange = reading is not SourceOrigin,
            Suspect = context.Suspect,
        };
    }

    private const string Advice = "Nothing of this epoch was committed: correct the step or the record and start the app again, and it goes on from the last commit.";

    private static string Range(long first, long last) => first == last ? $"{first}" : $"{first} to {last}";

    /// <summary>The method of the stage's class nearest to the throw: the generated operator is nested in that class.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A method that was trimmed away is only missing from the message.")]
    private static string? StepOf(Exception cause, Type op)
    {
        foreach (StackFrame frame in new StackTrace(cause).GetFrames())
        {
            if (frame.GetMethod() is { } method && method.DeclaringType is { } type && type == op.DeclaringType) return method.Name;
        }

        return null;
    }
}
