using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Reads what the parameters and the result of each step are.</summary>
internal sealed class SignatureReader(StageDeclaration stage, ProblemList problems)
{
    private readonly ResultReader _results = new(stage.Known, problems);
    private HashSet<ITypeSymbol> _records = new(SymbolEqualityComparer.Default);

    public void Read()
    {
        List<StepDeclaration> readable = [.. stage.Steps.Where(_results.Read)];
        _records = new HashSet<ITypeSymbol>(stage.Inputs.Select(i => (ITypeSymbol)i.Type), SymbolEqualityComparer.Default);
        foreach (StepDeclaration step in readable)
        {
            if (step.ReturnsRecord && step.ResultType is not null) _records.Add(step.ResultType);
            foreach (IParameterSymbol parameter in step.Method.Parameters)
                if (parameter.Type.IsMadeFrom(stage.Known.Out)) _records.Add(((INamedTypeSymbol)parameter.Type).TypeArguments[0]);
        }

        foreach (StepDeclaration step in readable) ReadParameters(step);
    }

    private void ReadParameters(StepDeclaration step)
    {
        var values = new List<IParameterSymbol>();
        var found = new Dictionary<IParameterSymbol, ParameterDeclaration>(SymbolEqualityComparer.Default);
        foreach (IParameterSymbol parameter in step.Method.Parameters)
        {
            if (Context(parameter) is not { } context) values.Add(parameter);
            else if (Accepts(step, context)) found.Add(parameter, context);
        }

        foreach (ParameterDeclaration value in Values(step, values)) found[value.Symbol] = value;
        foreach (IParameterSymbol parameter in step.Method.Parameters)
            if (found.TryGetValue(parameter, out ParameterDeclaration? declaration)) step.Parameters.Add(declaration);
        if (step.Kind == StepKind.FlatMap && step.Find(ArgumentKind.Out) is null) Wrong(step, "return void and take an Out<T>");
        if (step.Result == ResultKind.Void && step.Find(ArgumentKind.Out) is null && step.Kind is StepKind.Emit or StepKind.Late or StepKind.Join or StepKind.Unmatched)
            Wrong(step, "return a record or take an Out<T>");
    }

    private ParameterDeclaration? Context(IParameterSymbol parameter)
    {
        ITypeSymbol type = parameter.Type;
        if (type.IsMadeFrom(stage.Known.Out)) return new ParameterDeclaration(parameter, ArgumentKind.Out, ((INamedTypeSymbol)type).TypeArguments[0]);
        if (type.IsMadeFrom(stage.Known.Table)) return new ParameterDeclaration(parameter, ArgumentKind.Table, type, stage.TableOf(((INamedTypeSymbol)type).TypeArguments[1]));
        if (type.Is(stage.Known.Window)) return new ParameterDeclaration(parameter, ArgumentKind.Window, type);
        if (type.Is(stage.Known.Firing)) return new ParameterDeclaration(parameter, ArgumentKind.Firing, type);
        if (type.Is(stage.Known.Meta)) return new ParameterDeclaration(parameter, ArgumentKind.Meta, type);
        return parameter.Name == "key" || parameter.Attribute("Key") is not null ? new ParameterDeclaration(parameter, ArgumentKind.Key, type) : null;
    }

    private bool Accepts(StepDeclaration step, ParameterDeclaration parameter)
    {
        bool hasWindow = stage.WindowAttribute is not null;
        if (parameter.Kind == ArgumentKind.Window && !hasWindow && StepRules.May(step.Kind, hasWindow: true).Contains(ArgumentKind.Window))
            problems.Add(ProblemKind.WindowWithoutWindow, parameter.Location, step.Name);
        else if (!StepRules.May(step.Kind, hasWindow).Contains(parameter.Kind) || (parameter.Mode != PassingMode.Value && parameter.Kind is not (ArgumentKind.Key or ArgumentKind.Window or ArgumentKind.Firing)) || parameter.Mode == PassingMode.Ref)
            CannotSupply(step, parameter.Symbol);
        else if (parameter is { Kind: ArgumentKind.Table, Table: < 0 })
            problems.Add(new Problem(ProblemKind.TableIsNotDeclared, parameter.Location, step.Name, TypeRefs.Display(((INamedTypeSymbol)parameter.Type).TypeArguments[1]))
                .With(ProblemProperties.Type, TypeRefs.Display(((INamedTypeSymbol)parameter.Type).TypeArguments[1])));
        else
            return true;
        return false;
    }

    private IEnumerable<ParameterDeclaration> Values(StepDeclaration step, List<IParameterSymbol> values) => step.Kind switch
    {
        StepKind.Init => None(step, values),
        StepKind.Add => Add(step, values),
        StepKind.Merge => Merge(step, values),
        StepKind.Emit => Emit(step, values),
        StepKind.Process => Process(step, values),
        StepKind.Join => Join(step, values),
        _ => One(step, values),
    };

    private IEnumerable<ParameterDeclaration> None(StepDeclaration step, List<IParameterSymbol> values)
    {
        foreach (IParameterSymbol value in values) CannotSupply(step, value);
        return [];
    }

    private IEnumerable<ParameterDeclaration> One(StepDeclaration step, List<IParameterSymbol> values)
    {
        IParameterSymbol? record = values.Find(v => _records.Contains(v.Type)) ?? values.FirstOrDefault();
        if (record is null) Wrong(step, "take a record with 'in'");
        foreach (IParameterSymbol other in values.Where(v => !SymbolEqualityComparer.Default.Equals(v, record))) CannotSupply(step, other);
        return record is null ? [] : Record(record);
    }

    private IEnumerable<ParameterDeclaration> Add(StepDeclaration step, List<IParameterSymbol> values)
    {
        List<IParameterSymbol> refs = values.FindAll(v => v.RefKind == RefKind.Ref);
        IParameterSymbol? accumulator = refs.Find(r => !_records.Contains(r.Type)) ?? refs.FirstOrDefault();
        if (accumulator is null && values.Count == 2)
        {
            accumulator = values.Find(v => !_records.Contains(v.Type)) ?? values[0];
            problems.Add(ProblemKind.AccumulatorNotByRef, accumulator.Locations[0], accumulator.Name, TypeRefs.Display(accumulator.Type));
        }

        List<IParameterSymbol> others = values.FindAll(v => !SymbolEqualityComparer.Default.Equals(v, accumulator));
        if (accumulator is null || others.Count == 0)
        {
            Wrong(step, "take its accumulator with 'ref' and a record with 'in'");
            return [];
        }

        return One(step, others).Prepend(new ParameterDeclaration(accumulator, ArgumentKind.Accumulator, accumulator.Type));
    }

    private IEnumerable<ParameterDeclaration> Merge(StepDeclaration step, List<IParameterSymbol> values)
    {
        if (values.Count != 2 || !values[0].Type.Is(values[1].Type))
        {
            Wrong(step, "take two accumulators, the first with 'ref' and the second with 'in'");
            return [];
        }

        IParameterSymbol? into = values.Find(v => v.RefKind == RefKind.Ref);
        if (into is null)
            problems.Add(ProblemKind.AccumulatorNotByRef, values[0].Locations[0], values[0].Name, TypeRefs.Display(values[0].Type));
        into ??= values[0];
        IParameterSymbol from = SymbolEqualityComparer.Default.Equals(values[0], into) ? values[1] : values[0];
        return [new ParameterDeclaration(into, ArgumentKind.Accumulator, into.Type), new ParameterDeclaration(from, ArgumentKind.OtherAccumulator, from.Type)];
    }

    private IEnumerable<ParameterDeclaration> Emit(StepDeclaration step, List<IParameterSymbol> values)
    {
        IParameterSymbol? accumulator = values.FirstOrDefault();
        if (accumulator is null || accumulator.RefKind is RefKind.Ref or RefKind.Out)
        {
            Wrong(step, "take its accumulator with 'in'");
            return [];
        }

        foreach (IParameterSymbol other in values.Skip(1)) CannotSupply(step, other);
        return [new ParameterDeclaration(accumulator, ArgumentKind.Accumulator, accumulator.Type)];
    }

    private IEnumerable<ParameterDeclaration> Process(StepDeclaration step, List<IParameterSymbol> values)
    {
        List<IParameterSymbol> states = values.FindAll(v => v.RefKind == RefKind.Ref && !_records.Contains(v.Type));
        foreach (IParameterSymbol state in states.Where(s => s.Type.Attribute("State") is null))
            problems.Add(ProblemKind.NoStateOfThisType, state.Locations[0], step.Name, TypeRefs.Display(state.Type));
        foreach (IParameterSymbol second in states.Skip(1).Where(s => s.Type.Attribute("State") is not null && !s.Type.Is(states[0].Type)))
            problems.Add(ProblemKind.TwoStateTypes, second.Locations[0], stage.Symbol.Name, TypeRefs.Display(states[0].Type), TypeRefs.Display(second.Type));
        IEnumerable<ParameterDeclaration> record = One(step, values.FindAll(v => !states.Contains(v, SymbolEqualityComparer.Default)));
        return record.Concat(states.Select(s => new ParameterDeclaration(s, ArgumentKind.State, s.Type)));
    }

    private IEnumerable<ParameterDeclaration> Join(StepDeclaration step, List<IParameterSymbol> values)
    {
        if (values.Count > 2) problems.Add(ProblemKind.ThreeInputs, step.Location);
        else if (values.Count < 2) Wrong(step, "take a record and the row of a table with 'in'");
        if (values.Count != 2) return [];

        IParameterSymbol? row = values.FindLast(v => stage.TableOf(v.Type) >= 0);
        if (row is null)
        {
            if (values.Find(v => !_records.Contains(v.Type)) is { } foreign)
            {
                problems.Add(new Problem(ProblemKind.NotAnInput, foreign.Locations[0], step.Name, TypeRefs.Display(foreign.Type))
                    .With(ProblemProperties.Type, TypeRefs.Display(foreign.Type)));
            }
            else
            {
                Wrong(step, "take a record and the row of a [Table]");
            }

            return [];
        }

        IParameterSymbol record = SymbolEqualityComparer.Default.Equals(values[0], row) ? values[1] : values[0];
        return Record(record).Append(new ParameterDeclaration(row, ArgumentKind.Row, row.Type, stage.TableOf(row.Type)));
    }

    private IEnumerable<ParameterDeclaration> Record(IParameterSymbol parameter)
    {
        if (parameter.RefKind is RefKind.Ref or RefKind.Out)
            problems.Add(ProblemKind.RecordPassedByRef, parameter.Locations[0], parameter.Name);
        return [new ParameterDeclaration(parameter, ArgumentKind.Record, parameter.Type)];
    }

    private void Wrong(StepDeclaration step, string must) => problems.Add(ProblemKind.SignatureOfStep, step.Location, step.Word, step.Name, must);

    private void CannotSupply(StepDeclaration step, IParameterSymbol parameter) => problems.Add(
        ProblemKind.ParameterCannotBeSupplied, parameter.Locations[0],
        step.Word, parameter.Name, TypeRefs.Display(parameter.Type), StepRules.CanTake(step.Kind, stage.WindowAttribute is not null));
}
