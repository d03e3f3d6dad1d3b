using Flowgen.Log;
using Flowgen.Runtime;

namespace Samples.Hello;

[Topic("numbers")]
public readonly record struct Number(int Value);

[Topic("doubled")]
public readonly record struct Doubled(int Value);

/// <summary>The first program of everyone who meets Flink: a stage that doubles numbers.</summary>
[Stage]
[From<Number>, To<Doubled>]
public sealed partial class DoubleNumbers
{
    [Map]
    static Doubled Double(in Number number) => new(number.Value * 2);
}

[FlowApp("hello")]
public sealed partial class HelloApp
{
    internal static async Task RunAsync(FlowLog log)
    {
        await using FlowEngine engine = FlowEngine.Create<HelloApp>(log);

        var numbers = new TopicWriter<Number, NumberCodec>(log, "numbers");
        for (int i = 1; i <= 5; i++)
            numbers.Add(new Number(i));
        await numbers.CommitAsync();

        await engine.RunToEndAsync();

        using var doubled = new TopicReader<Doubled, DoubledCodec>(log, "doubled");
        foreach (Doubled number in doubled.ReadToEnd())
            Console.WriteLine(number.Value);
    }
}
