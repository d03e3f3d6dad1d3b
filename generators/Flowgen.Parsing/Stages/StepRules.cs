using Flowgen.Parsing.Models;

namespace Flowgen.Parsing;

/// <summary>What the steps of each kind may take, as the table of the language says.</summary>
internal static class StepRules
{
    private static readonly ArgumentKind[] Context = [ArgumentKind.Key, ArgumentKind.Meta, ArgumentKind.Table];

    /// <summary>What a step of a kind may take beside its record, accumulator or state.</summary>
    public static IReadOnlyList<ArgumentKind> May(StepKind kind, bool hasWindow) => kind switch
    {
        StepKind.Filter or StepKind.Map or StepKind.Branch or StepKind.Add => Context,
        StepKind.FlatMap or StepKind.Process => [.. Context, ArgumentKind.Out],
        StepKind.Init => [ArgumentKind.Key],
        StepKind.Emit => hasWindow ? [ArgumentKind.Key, ArgumentKind.Window, ArgumentKind.Firing, ArgumentKind.Out] : [ArgumentKind.Key, ArgumentKind.Out],
        StepKind.Late => [ArgumentKind.Window, ArgumentKind.Meta, ArgumentKind.Out],
        StepKind.Join or StepKind.Unmatched => [ArgumentKind.Key, ArgumentKind.Meta, ArgumentKind.Out],
        _ => [],
    };

    /// <summary>What a step of a kind can take, for messages.</summary>
    public static string CanTake(StepKind kind, bool hasWindow)
    {
        string? own = kind switch
        {
            StepKind.Init => null,
            StepKind.Add => "its accumulator with 'ref', a record with 'in'",
            StepKind.Merge => "two accumulators, the first with 'ref'",
            StepKind.Emit => "its accumulator with 'in'",
            StepKind.Process => "a record with 'in', 'ref' its [State]",
            StepKind.Join => "a record and the row of a table with 'in'",
            _ => "a record with 'in'",
        };
        IEnumerable<string> context = May(kind, hasWindow).Select(Name);
        return string.Join(", ", own is null ? context : context.Prepend(own));
    }

    private static string Name(ArgumentKind kind) => kind switch
    {
        ArgumentKind.Key => "'key'",
        ArgumentKind.Table => "Table<K, R>",
        ArgumentKind.Out => "Out<T>",
        _ => kind.ToString(),
    };
}
