namespace Flowgen.Simulation.Tests.Stages;

/// <summary>Windows over another key than that of the events.</summary>
[Stage]
[From<Event>, To<Event>]
[TumblingWindow("700ms", Offset = "100ms")]
public sealed partial class GroupWindows
{
    public struct Sum
    {
        public long Ids;
        public long Largest;
        public int Count;
    }

    [Filter]
    static bool IsOdd(in Event e) => e.Id % 4 != 1;

    [KeyBy]
    static int ByThirds(in Event e) => e.Key % 3;

    [Add]
    static void Add(ref Sum sum, in Event e)
    {
        sum.Ids ^= e.Id;
        sum.Largest = Math.Max(sum.Largest, e.Id);
        sum.Count++;
    }

    [Emit]
    static Event Emit(int key, Window window, in Sum sum) =>
        new(key, 2, (int)((window.Start.ToUnixTimeMilliseconds() - 100) / 700 % 99_999_989), sum.Count, (sum.Ids * 3) + sum.Largest + sum.Count, window.End.ToUnixTimeMilliseconds() - 1);
}
