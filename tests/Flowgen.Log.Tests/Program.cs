using System.Globalization;
using Flowgen.Log.Tests.Fuzz;
using Flowgen.Log.Tests.Kernel;
using Flowgen.Log.Tests.Reading;

namespace Flowgen.Log.Tests;

/// <summary>What the tests start as a process of its own.</summary>
internal static class Program
{
    public static int Main(string[] arguments) => arguments switch
    {
        ["steps", var directory, var seed] => StepsProgram.Run(directory, int.Parse(seed, CultureInfo.InvariantCulture)),
        ["fuzz", var seed, var count] => FuzzProgram.Run(int.Parse(seed, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture)),
        ["open", var directory] => OpenProgram.Run(directory),
        ["write", var directory] => WriteProgram.Run(directory),
        _ => throw new ArgumentException("steps DIRECTORY SEED, fuzz SEED COUNT, open DIRECTORY, or write DIRECTORY"),
    };
}
