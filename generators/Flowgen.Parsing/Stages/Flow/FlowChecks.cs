using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Finds steps that nothing feeds, records that go nowhere, and the like.</summary>
internal sealed class FlowChecks(StageDeclaration stage, Flow flow, ProblemList problems)
{
    public void Check()
    {
        if (flow.Written.Count == 0 && stage.Steps.Count == 0 && stage.Outputs.Count > 0)
        {
            problems.Add(ProblemKind.NoStep, stage.Location, stage.Symbol.Name);
            return;
        }

        CheckSteps();
        CheckGoesSomewhere();
        CheckInputsAndOutputs();
        CheckOrder();
        CheckJoins();
    }

    private void CheckSteps()
    {
        foreach (StepDeclaration step in stage.Steps.Where(s => s.Record is not null))
        {
            INamedTypeSymbol record = step.Record!;
            bool isFed = flow.Reached.Contains(step) || (step.Kind == StepKind.KeyBy && flow.Nodes.Exists(n => n.Type.Is(record)));
            if (!isFed)
            {
                problems.Add(new Problem(ProblemKind.NothingFeedsStep, step.Location, step.Name, record.Name, stage.Symbol.Name)
                    .With(ProblemProperties.Type, TypeRefs.Display(record)));
            }

            if (step.Kind == StepKind.Branch && !stage.Outputs.Exists(o => o.Argument.Is(step.BranchTarget) && o.Type.Is(record)))
                problems.Add(ProblemKind.BranchToForeignTopic, step.Attribute.Location(step.Method), step.BranchTarget?.Name ?? "", stage.Symbol.Name);
        }
    }

    private void CheckGoesSomewhere()
    {
        IEnumerable<FlowStep> steps = flow.Nodes.SelectMany(n => n.Steps).Concat(flow.Emits);
        foreach (FlowStep step in steps.Concat(steps.Select(s => s.Otherwise).OfType<FlowStep>()).Distinct())
        {
            int output = 0;
            foreach ((INamedTypeSymbol type, ParameterDeclaration? emittedBy) in step.Step.Outputs)
                if (GoesNowhere(step.Targets[output++])) ReportNowhere(step.Step, type, emittedBy);
        }

        foreach (FlowNode entry in flow.Nodes.Where(n => n is { IsEntry: true, Start: 0 } && n.Steps.Count > 0 && GoesNowhere(n)))
            ReportNowhere(entry.Steps[0].Step, entry.Type, null);
    }

    private static bool GoesNowhere(FlowNode node) =>
        node.Outputs.Count == 0 && node.Exchange is null && !node.Steps.Exists(s => s.Step.Consumes || s.Step.Kind == StepKind.Branch);

    private void ReportNowhere(StepDeclaration step, INamedTypeSymbol type, ParameterDeclaration? emittedBy)
    {
        Location location = emittedBy?.Location ?? step.Location;
        string shortName = TypeRefs.Display(type);
        bool isResult = step.Kind is not (StepKind.Map or StepKind.FlatMap or StepKind.Filter);
        Problem problem = isResult
            ? new Problem(ProblemKind.OutputHasNoTo, location, step.Name, type.Name, stage.Symbol.Name)
            : new Problem(ProblemKind.RecordGoesNowhere, location, step.Name, type.Name);
        problems.Add(problem.With(ProblemProperties.Type, shortName));
    }

    private void CheckInputsAndOutputs()
    {
        bool hasErrors = problems.HasErrors;
        foreach (WireDeclaration input in stage.Inputs)
        {
            bool isUsed = flow.Nodes.Exists(n => n.IsEntry && n.Type.Is(input.Type) && (n.Steps.Count > 0 || n.Outputs.Count > 0 || n.Exchange is not null));
            if (!isUsed && !hasErrors) problems.Add(ProblemKind.InputIsNotUsed, input.Location, stage.Symbol.Name, input.Argument.Name);
        }

        for (int i = 0; i < stage.Outputs.Count; i++)
            if (!flow.Written.Contains(i) && !hasErrors) problems.Add(ProblemKind.NothingWritesToTopic, stage.Outputs[i].Location, stage.Symbol.Name, stage.Outputs[i].Argument.Name);
    }

    private void CheckOrder()
    {
        foreach (StepDeclaration map in stage.Steps.Where(s => s.Kind is StepKind.Map or StepKind.FlatMap && s.Outputs.Any(o => o.Type.Is(s.Record))))
        {
            StepDeclaration? other = stage.Steps.Find(s => s != map && s.Kind is not (StepKind.KeyBy or StepKind.Late or StepKind.Unmatched) && s.Record is { } record && record.Is(map.Record) && !(s.HasOrder && map.HasOrder) && s.Order == map.Order);
            if (other is null) continue;
            (StepDeclaration first, StepDeclaration second) = stage.Steps.IndexOf(other) < stage.Steps.IndexOf(map) ? (other, map) : (map, other);
            problems.Add(ProblemKind.StepsMayNotCommute, map.Location, first.Name, second.Name, map.Record!.Name);
        }
    }

    private void CheckJoins()
    {
        foreach (StepDeclaration join in stage.Of(StepKind.Join).Where(j => !stage.Of(StepKind.Unmatched).Any(u => u.Record!.Is(j.Record))))
            problems.Add(ProblemKind.UnmatchedRecordsAreDropped, join.Location, join.Record!.Name, join.Row!.Name);
    }
}
