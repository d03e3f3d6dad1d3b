using System.Globalization;
using Flowgen.Log.Tests.Kernel;

namespace Flowgen.Log.Tests;

/// <summary>What the tests start as a process of its own.</summary>
internal static class Program
{
    public static int Main(string[] arguments) => arguments switch
    {
        ["steps", var directory, var seed] => StepsProgram.Run(directory, int.Parse(seed, CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException("steps DIRECTORY SEED"),
    };
}
