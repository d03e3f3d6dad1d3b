namespace Flowgen.Simulation.Tests.Stages;

/// <summary>Counts for ever, and tells what changed in an epoch.</summary>
[Stage]
[From<Event>, To<Total>]
public sealed partial class Totals
{
    public struct Sum
    {
        public long Ids;
        public long Count;
    }

    [Add]
    static void Add(ref Sum sum, in Event e)
    {
        sum.Ids += e.Id;
        sum.Count++;
    }

    [Emit(When.Changed)]
    static Total Emit(int key, in Sum sum) => new(key, sum.Count, sum.Ids);
}
