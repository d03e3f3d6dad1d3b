using System.Globalization;

namespace Flowgen.TestKit;

/// <summary>How much longer than on every change the simulations run: the environment variable FLOWGEN_SCALE, a whole number, 1 if it is not set.</summary>
public static class Scale
{
    public static int Factor { get; } = int.TryParse(Environment.GetEnvironmentVariable("FLOWGEN_SCALE"), NumberStyles.None, CultureInfo.InvariantCulture, out int factor)
        ? Math.Max(1, factor)
        : 1;
}
