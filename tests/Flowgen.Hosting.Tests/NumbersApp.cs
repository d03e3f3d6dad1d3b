using System.Globalization;

namespace Flowgen.Hosting.Tests;

[Topic("numbers", Partitions = 2)]
public readonly record struct Number([Key] int Id, int Value);

[Topic("scaled", Partitions = 2)]
public readonly record struct Scaled([Key] int Id, int Value, string Unit);

/// <summary>What a stage gets from the host.</summary>
public sealed class Scale(int factor)
{
    public int Factor { get; } = factor;
}

[Stage]
[From<Number>, To<Scaled>]
public sealed partial class ScaleNumbers(Scale scale)
{
    [Map]
    Scaled Multiply(in Number number) => number.Value < 0
        ? throw new FormatException("A number is not negative.")
        : new(number.Id, number.Value * scale.Factor, scale.Factor.ToString(CultureInfo.InvariantCulture));
}

[FlowApp("numbers-app", CommitEvery = "5ms"), Include<ScaleNumbers>]
public sealed partial class NumbersApp;

[Topic("large", Partitions = 2)]
public readonly record struct Large([Key] int Id, int Value);

/// <summary>Reads what the other app writes.</summary>
[Stage]
[From<Scaled>, To<Large>]
public sealed partial class FindLarge
{
    [Filter]
    static bool IsLarge(in Scaled scaled) => scaled.Value > 1_000;

    [Map]
    static Large Map(in Scaled scaled) => new(scaled.Id, scaled.Value);
}

[FlowApp("large-app", CommitEvery = "5ms"), Include<FindLarge>]
public sealed partial class LargeApp;
