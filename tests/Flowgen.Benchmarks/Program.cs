using System.Globalization;
using BenchmarkDotNet.Running;
using Flowgen.Benchmarks.Gates;

if (args is [KilledLog.Argument, string path, string partitions, string bytes])
{
    KilledLog.Run(path, int.Parse(partitions, CultureInfo.InvariantCulture), long.Parse(bytes, CultureInfo.InvariantCulture));
    return 0;
}

if (args is not ["gates", ..])
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}

try
{
    GateRunner.Run(GateOptions.Parse(args.AsSpan(1)));
    return 0;
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
