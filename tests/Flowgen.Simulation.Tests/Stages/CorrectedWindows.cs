namespace Flowgen.Simulation.Tests.Stages;

/// <summary>Windows whose results are corrected for a while.</summary>
[Stage]
[From<Event>, To<Correction>, To<LateEvent>]
[TumblingWindow("400ms", Lateness = "1s")]
public sealed partial class CorrectedWindows
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

    [Emit]
    static Correction Emit(int key, Window window, in Sum sum) => new(key, sum.Count, sum.Ids, window.Start.ToUnixTimeMilliseconds());

    [Late]
    static LateEvent TooLate(in Event e, Window window) => new(e.Key, e.Id, window.Start.ToUnixTimeMilliseconds(), e.At);
}
