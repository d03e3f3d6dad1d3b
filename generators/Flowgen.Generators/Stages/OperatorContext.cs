using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>The operator that is being written, and what its parts are called.</summary>
internal sealed class OperatorContext(StageModel stage, OperatorModel @operator, StageNames names, SourceWriter writer)
{
    public StageModel Stage { get; } = stage;

    public OperatorModel Operator { get; } = @operator;

    public StageNames Names { get; } = names;

    public SourceWriter Writer { get; } = writer;

    /// <summary>The names of its fields.</summary>
    public OperatorFields Fields { get; } = new(stage, @operator);

    /// <summary>The type of the keyed store; null: the operator keeps nothing.</summary>
    public string? StoreType
    {
        get
        {
            if (Operator.Key is not { } key) return null;
            string arguments(StateModel state) => $"<{Names.Types.Of(key.Type)}, {Names.KeyCodec(key)}, {Names.Types.Of(state.Type)}, {Names.StateCodec(state)}>";
            if (Operator.Aggregate is { } aggregate) return (aggregate.Window is null ? "KeyedStore" : "WindowStore") + arguments(aggregate.Accumulator);
            return Operator.State is { } state ? "KeyedStore" + arguments(state) : null;
        }
    }

    /// <summary>The arguments of the store's constructor.</summary>
    public string StoreArguments =>
        Operator.Aggregate?.Window is { } window
            ? $"{Literal(Fields.Store.Substring(1))}, Size, {(window.OffsetMs == 0 ? "offset: 0" : "Offset")}, {(window.LatenessMs == 0 ? "lateness: 0" : "Lateness")}"
            : Literal(Fields.Store.Substring(1));

    /// <summary>The type of a table's store.</summary>
    public string TableType(int table)
    {
        TableModel model = Stage.Tables[table];
        return $"TableStore<{Names.Types.Of(model.Key.Key.Type)}, {Names.KeyCodec(model.Key.Key)}, {Names.Types.Of(model.Row)}, {Names.Types.Of(model.Codec)}>";
    }

    /// <summary>Whether results have no event time of their own and no window either, so that the time of the newest record is kept for them.</summary>
    public bool KeepsTime => Operator.Aggregate is { Window: null } aggregate && aggregate.Emits.Any(NeedsTime);

    /// <summary>What a step is called on.</summary>
    public string Target(StepModel step) => step.IsStatic ? Names.Class : "_stage";

    private bool NeedsTime(StepModel step) =>
        (step.Result.Wire >= 0 && Operator.Wires[step.Result.Wire].EventTime is null) || step.Arguments.Any(a => a.Kind == ArgumentKind.Out);

    private static string Literal(string text) => Code.Literal(text);
}
