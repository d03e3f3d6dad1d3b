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
        IEnumerable<string> own = kind switch
        {
            StepKind.Init => [],
            StepKind.Add => ["its accumulator", "a record"],
            StepKind.Merge => ["two accumulators"],
            StepKind.Emit => ["its accumulator"],
            StepKind.Process => ["a record", "its [State]"],
            StepKind.Join => ["a record", "the row of a table"],
            _ => ["a record"],
        };
        string[] all = [.. own, .. May(kind, hasWindow).Select(Name)];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Length - 1))} and {all[all.Length - 1]}";
    }

    private static string Name(ArgumentKind kind) => kind switch
    {
        ArgumentKind.Key => "key",
        ArgumentKind.Table => "tables",
        ArgumentKind.Out => "Out<T>",
        _ => kind.ToString(),
    };
}
