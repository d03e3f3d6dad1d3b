namespace Flowgen.Log.Tests.Fuzz;

/// <summary>A decoder, and valid inputs of it.</summary>
internal abstract class FuzzTarget
{
    public abstract string Name { get; }

    /// <summary>A valid input, to be mutated.</summary>
    public abstract byte[] Sample(Random random);

    /// <summary>Makes checksums right, so that the decoder looks at what is behind them.</summary>
    public abstract void Repair(byte[] input, Random random);

    /// <summary>Decodes all of an input. Anything but an exception that says what is wrong with the input is a failure.</summary>
    public abstract void Decode(byte[] input);

    /// <summary>The input of a number: always the same.</summary>
    public byte[] Input(int seed)
    {
        var random = new Random(seed);
        byte[] input = Mutation.Mutate(Sample(random), random);
        if (random.Next(8) > 0)
            Repair(input, random);
        return input;
    }
}
