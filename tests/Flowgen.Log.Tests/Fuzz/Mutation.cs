using System.Buffers.Binary;

namespace Flowgen.Log.Tests.Fuzz;

/// <summary>Changes some bytes of an input; its length stays.</summary>
internal static class Mutation
{
    private static readonly int[] Interesting =
        [0, 1, -1, 2, 7, 8, 63, 64, 65, 255, 256, 4096, 32_767, 65_535, 65_536, 1 << 20, int.MaxValue, int.MinValue, int.MaxValue - 7, int.MaxValue / 4, int.MaxValue / 12];

    public static byte[] Mutate(byte[] sample, Random random)
    {
        byte[] input = [.. sample];
        for (int i = random.Next(6); i >= 0; i--)
            MutateOnce(input, random);
        return input;
    }

    // Headers and lengths stand at the beginning, so that half of the changes are there.
    private static void MutateOnce(byte[] input, Random random)
    {
        int at = random.Next(random.Next(2) == 0 ? input.Length : Math.Min(input.Length, 200));
        var rest = input.AsSpan(at);
        switch (random.Next(7))
        {
            case 0:
                rest[0] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                rest[0] = (byte)random.Next(256);
                break;
            case 2 when rest.Length >= 2:
                BinaryPrimitives.WriteInt16LittleEndian(rest, (short)Interesting[random.Next(Interesting.Length)]);
                break;
            case 3 or 4 when rest.Length >= 4:
                BinaryPrimitives.WriteInt32LittleEndian(rest, Interesting[random.Next(Interesting.Length)]);
                break;
            case 5 when rest.Length >= 8:
                BinaryPrimitives.WriteInt64LittleEndian(rest, random.Next(2) == 0 ? long.MaxValue : random.NextInt64());
                break;
            default:
                var from = input.AsSpan(random.Next(input.Length));
                int length = random.Next(Math.Min(from.Length, rest.Length));
                from[..length].CopyTo(rest);
                break;
        }
    }
}
