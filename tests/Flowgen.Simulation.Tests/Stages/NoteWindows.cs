namespace Flowgen.Simulation.Tests.Stages;

/// <summary>Windows over keys and records without a fixed length.</summary>
[Stage]
[From<Note>, To<Event>]
[TumblingWindow("1300ms")]
public sealed partial class NoteWindows
{
    public struct Sum
    {
        public long Ids;
        public int Count;
    }

    [Add]
    static void Add(ref Sum sum, in Note note)
    {
        sum.Ids += long.Parse(note.Text, System.Globalization.CultureInfo.InvariantCulture);
        sum.Count++;
    }

    [Emit]
    static Event Emit(string key, Window window, in Sum sum) =>
        new(key[0] + (100 * key.Length), 3, (int)(window.Start.ToUnixTimeMilliseconds() / 1300 % 99_999_989), sum.Count, sum.Ids + (1_000_003L * sum.Count), window.End.ToUnixTimeMilliseconds() - 1);
}
