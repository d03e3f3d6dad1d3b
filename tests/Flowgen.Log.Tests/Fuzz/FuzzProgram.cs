using Flowgen.Runtime;

namespace Flowgen.Log.Tests.Fuzz;

/// <summary>Decodes mutated inputs in a process of its own, which may not use much memory. Prints how far it is, and the first failure.</summary>
internal static class FuzzProgram
{
    public const string Done = "done";
    public const string Failure = "failure";

    /// <summary>Cases between two signs of life.</summary>
    public const int Stride = 500;

    // What opening a log costs: the five topics of a scenario may claim the most partitions that there can be.
    private const long AllowedBytes = 48 << 20;

    public static int Run(int firstSeed, int count)
    {
        var refused = new Dictionary<string, int>();
        FuzzTarget[] targets = All();
        for (int seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var target = targets[seed % targets.Length];
            if ((seed - firstSeed) % Stride == 0)
                Console.WriteLine($"at {seed}");
            if (Violation(target, seed, out bool wasRefused) is { } violation)
            {
                Console.WriteLine($"{Failure}: {target.Name} {seed}: {violation}");
                return 1;
            }

            refused[target.Name] = refused.GetValueOrDefault(target.Name) + (wasRefused ? 1 : 0);
        }

        Console.WriteLine($"{Done}: {string.Join(", ", refused.Select(r => $"{r.Value} of {count * targets.Count(t => t.Name == r.Key) / targets.Length} refused by '{r.Key}'"))}");
        return 0;
    }

    public static FuzzTarget[] All() => [new BatchTarget(), new BatchTarget(), CommitTarget.OfRandomLives(), CommitTarget.OfProducersAndGroups(), new PayloadTarget(), new SchemaTarget()];

    /// <summary>What is wrong with how an input is decoded, or null.</summary>
    public static string? Violation(FuzzTarget target, int seed, out bool wasRefused)
    {
        byte[] input = target.Input(seed);
        wasRefused = false;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Decode(input);
        }
        catch (Exception e) when (e is FlowLogException or RecordFormatException)
        {
            wasRefused = true;
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0].Trim()}";
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated > AllowedBytes ? $"{allocated} bytes were allocated for an input of {input.Length}" : null;
    }
}
