using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Compares a window with the times of its inputs and outputs.</summary>
internal sealed class WindowChecks(StageDeclaration stage, ProblemList problems)
{
    public void Check()
    {
        if (stage is not { Window: { SizeMs: > 0 } window, WindowAttribute: { } attribute }) return;
        Location size = attribute.FirstLocation(stage.Symbol), whole = attribute.Location(stage.Symbol);
        foreach (WireDeclaration input in stage.Inputs)
        {
            CheckTime(input, window, size);
            if (input.Topic is { RetentionMs: > 0 and long kept } topic && kept < window.SizeMs + window.LatenessMs)
                ReportRetention(topic, size, DurationText.Format(window.SizeMs + window.LatenessMs));
        }

        if (stage.Of(StepKind.Add).Any(add => !stage.Of(StepKind.Late).Any(late => late.Record!.Is(add.Record))))
            problems.Add(ProblemKind.LateRecordsAreDropped, whole, window.LatenessText);
        if (window.LatenessMs > 0) CheckCorrections(window);
    }

    private void ReportRetention(TopicModel topic, Location size, string needed) =>
        problems.Add(new Problem(ProblemKind.RetentionTooShort, size, topic.Name, topic.RetentionText!, needed).With(ProblemProperties.Value, needed));

    private void CheckTime(WireDeclaration input, WindowModel window, Location size)
    {
        if (input.Record.Model.EventTime is not { } time)
        {
            problems.Add(ProblemKind.TimeOfAppend, stage.Location, input.Type.Name, "the window");
            return;
        }

        string? own = input.Attribute.NamedText("OutOfOrder");
        long outOfOrder = own is not null && DurationText.TryParse(own, out long ms) ? ms : time.OutOfOrderMs;
        if (outOfOrder > window.SizeMs) problems.Add(ProblemKind.LongerThanTheWindow, size, DurationText.Format(outOfOrder), window.SizeText);
    }

    // A reader can tell a correction from a second result if the step says so, or if the record names its window.
    private void CheckCorrections(WindowModel window)
    {
        foreach (StepDeclaration emit in stage.Of(StepKind.Emit))
        {
            bool tells = emit.Find(ArgumentKind.Firing) is not null || emit.Find(ArgumentKind.Window) is not null;
            bool isCompacted = emit.Outputs.All(o => stage.Outputs.Where(w => w.Type.Is(o.Type)).All(w => w.Topic is { Cleanup: not CleanupModel.Delete }));
            if (tells || isCompacted) continue;
            problems.Add(ProblemKind.CorrectionsLookLikeResults, stage.WindowAttribute!.ArgumentLocation("Lateness", stage.Symbol), stage.Symbol.Name, window.LatenessText, emit.Outputs.First().Type.Name);
        }
    }
}
