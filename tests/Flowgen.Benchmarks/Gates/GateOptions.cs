namespace Flowgen.Benchmarks.Gates;

/// <summary>Arguments of <c>gates</c>.</summary>
/// <param name="Filter">Part of the names of the gates to run; empty for all.</param>
/// <param name="Names">Names of the gates to run; none for all.</param>
/// <param name="JsonFile">Where the figures go; null for nowhere.</param>
public sealed record GateOptions(string Filter, IReadOnlyList<string> Names, string? JsonFile)
{
    /// <summary>How to call it.</summary>
    public const string Usage = "usage: gates [NAME...] [--filter PART-OF-NAME] [--json FILE]";

    /// <summary>Reads the arguments behind <c>gates</c>.</summary>
    /// <param name="args">The arguments.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">An argument is unknown, or its value is missing.</exception>
    public static GateOptions Parse(ReadOnlySpan<string> args)
    {
        GateOptions options = new("", [], null);
        for (int i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith('-'))
            {
                options = options with { Names = [.. options.Names, args[i]] };
                i--; // takes no value
                continue;
            }

            if (i + 1 == args.Length) throw new ArgumentException($"'{args[i]}' needs a value; {Usage}");
            options = args[i] switch
            {
                "--filter" => options with { Filter = args[i + 1] },
                "--json" => options with { JsonFile = args[i + 1] },
                _ => throw new ArgumentException($"unknown argument '{args[i]}'; {Usage}"),
            };
        }

        return options;
    }

    /// <summary>Whether a gate is to be run.</summary>
    internal bool Takes(IGate gate) =>
        gate.Name.Contains(Filter, StringComparison.OrdinalIgnoreCase) && (Names.Count == 0 || Names.Contains(gate.Name, StringComparer.OrdinalIgnoreCase));
}
