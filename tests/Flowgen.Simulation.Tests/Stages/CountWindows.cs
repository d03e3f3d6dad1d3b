namespace Flowgen.Simulation.Tests.Stages;

[Stage]
[From<Event>, To<Event>]
[TumblingWindow("1s")]
public sealed partial class CountWindows
{
    public struct Sum
    {
        public long Ids;
        public int Count;
    }

    [Add]
    static void Add(ref Sum sum, in Event e)
    {
        sum.Ids += e.Id;
        sum.Count++;
    }

    [Emit]
    static Event Emit(int key, Window window, in Sum sum) =>
        new(key, 1, (int)(window.Start.ToUnixTimeMilliseconds() / 1000 % 99_999_989), sum.Count, sum.Ids + (1_000_003L * sum.Count), window.End.ToUnixTimeMilliseconds() - 1);
}
