using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Checks that the aggregate or the process steps of a stage belong together.</summary>
internal sealed class CoreReader(StageDeclaration stage, ProblemList problems)
{
    private readonly CoreDeclaration _core = new();

    public CoreDeclaration Read()
    {
        List<StepDeclaration> adds = [.. stage.Of(StepKind.Add)], processes = [.. stage.Of(StepKind.Process)];
        _core.Emits.AddRange(stage.Of(StepKind.Emit));
        if (adds.Count > 0 && processes.Count > 0) problems.Add(ProblemKind.TwoCores, stage.Location, stage.Symbol.Name);
        else if (adds.Count > 0) ReadAggregate(adds);
        else foreach (StepDeclaration emit in _core.Emits) ReportNoAdd(emit);

        ReadState(processes);
        CheckWindow(adds);
        CheckLate(adds);
        return _core;
    }

    private void ReadAggregate(List<StepDeclaration> adds)
    {
        ParameterDeclaration accumulator = adds[0].Find(ArgumentKind.Accumulator)!;
        _core.Accumulator = accumulator.Type;
        string name = TypeRefs.Display(accumulator.Type);
        foreach (StepDeclaration add in adds.Skip(1).Where(a => !a.Find(ArgumentKind.Accumulator)!.Type.Is(accumulator.Type)))
            Wrong(add, $"fill '{name}', because a stage has one accumulator");
        if (_core.Emits.Count == 0) problems.Add(new Problem(ProblemKind.NoEmit, adds[0].Location, adds[0].Name, name).With(ProblemProperties.Type, name));
        foreach (StepDeclaration emit in _core.Emits) CheckEmit(emit, accumulator.Type);

        _core.Init = Single(StepKind.Init, i => i.ResultType!.Is(accumulator.Type), $"return '{name}'");
        _core.Merge = Single(StepKind.Merge, m => m.Find(ArgumentKind.Accumulator)!.Type.Is(accumulator.Type), $"combine two '{name}'");
        if (accumulator.Type.IsReferenceType) problems.Add(ProblemKind.AccumulatorIsClass, accumulator.TypeLocation, name);
        else if (StateReader.FindCollection(accumulator.Type) is not null) problems.Add(ProblemKind.AccumulatorKeepsAllRecords, accumulator.TypeLocation, name);
        _core.AccumulatorModel = ReadKept(accumulator);
    }

    // The accumulator that keeps all records has been reported already.
    private StateModel? ReadKept(ParameterDeclaration parameter)
    {
        bool isReported = StateReader.FindCollection(parameter.Type) is not null;
        return new StateReader(stage.Known, isReported ? new ProblemList() : problems).Read(parameter.Type, parameter.Location);
    }

    private void CheckEmit(StepDeclaration emit, ITypeSymbol accumulator)
    {
        ParameterDeclaration read = emit.Find(ArgumentKind.Accumulator)!;
        if (!read.Type.Is(accumulator)) ReportDifferent(read, TypeRefs.Display(accumulator));
        foreach ((INamedTypeSymbol type, _) in emit.Outputs)
            if (_core.Emits.TakeWhile(e => e != emit).Any(e => e.Outputs.Any(o => o.Type.Is(type))))
                problems.Add(ProblemKind.TwoResults, emit.Location, stage.Symbol.Name, type.Name);
        bool onChange = WhenOf(emit) == When.Changed;
        if (onChange && stage.WindowAttribute is not null) Wrong(emit, "emit at the end of the window: leave out When.Changed");
        if (WhenOf(emit) == When.Closed && stage.WindowAttribute is null) Wrong(emit, "emit on change, because the stage has no window: leave out When.Closed");
    }

    private void ReportDifferent(ParameterDeclaration read, string accumulator) =>
        problems.Add(new Problem(ProblemKind.DifferentAccumulators, read.TypeLocation, TypeRefs.Display(read.Type), accumulator).With(ProblemProperties.Type, accumulator));

    private void ReportNoAdd(StepDeclaration emit)
    {
        if (emit.Find(ArgumentKind.Accumulator) is not { } read) return;
        string name = TypeRefs.Display(read.Type);
        problems.Add(new Problem(ProblemKind.NoAdd, emit.Location, name, emit.Name).With(ProblemProperties.Type, name));
    }

    private StepDeclaration? Single(StepKind kind, Func<StepDeclaration, bool> fits, string must)
    {
        List<StepDeclaration> steps = [.. stage.Of(kind)];
        foreach (StepDeclaration second in steps.Skip(1)) Wrong(second, $"be the only [{kind}] of its stage");
        if (steps.Count > 0 && !fits(steps[0])) Wrong(steps[0], must);
        return steps.FirstOrDefault();
    }

    private void ReadState(List<StepDeclaration> processes)
    {
        List<ParameterDeclaration> states = [.. processes.Select(p => p.Find(ArgumentKind.State)).OfType<ParameterDeclaration>()];
        if (states.Count == 0) return;
        if (states.Find(s => !s.Type.Is(states[0].Type)) is { } second)
            problems.Add(ProblemKind.TwoStateTypes, second.Location, stage.Symbol.Name, TypeRefs.Display(states[0].Type), TypeRefs.Display(second.Type));
        _core.State = ReadKept(states[0]);
        if (_core.State is null && StateReader.FindCollection(states[0].Type) is { } collection)
            problems.Add(ProblemKind.StateCannotHoldThis, states[0].Location, TypeRefs.Display(states[0].Type), states[0].Type.Name, TypeRefs.Display(collection), "it would be copied with each change");
    }

    private void CheckWindow(List<StepDeclaration> adds)
    {
        if (stage.WindowAttribute is not { } attribute) return;
        if (adds.Count == 0) problems.Add(ProblemKind.WindowHasNoEffect, attribute.Location(stage.Symbol), stage.Symbol.Name);
    }

    private void CheckLate(List<StepDeclaration> adds)
    {
        foreach (StepDeclaration late in stage.Of(StepKind.Late))
        {
            if (stage.WindowAttribute is null) Wrong(late, "be in a stage with a window");
            else if (adds.Count > 0 && late.Record is { } record && !adds.Exists(a => record.Is(a.Record)))
                Wrong(late, $"take a record that an [Add] step takes");
        }
    }

    /// <summary>When a result is emitted, as in <c>Flowgen.When</c>.</summary>
    public static When WhenOf(StepDeclaration emit) => (When)emit.Attribute.First<int>();

    private void Wrong(StepDeclaration step, string must) => problems.Add(ProblemKind.SignatureOfStep, step.Location, step.Word, step.Name, must);

    public enum When
    {
        Default,
        Closed,
        Changed,
    }
}
