using Flowgen.Runtime;
using Flowgen.Simulation.Tests.Stages;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>A stage that plans choose from: how it is added to an app, and what it does to events, said once more in plain words.</summary>
/// <param name="Name">The name of the stage.</param>
/// <param name="Add">Adds it.</param>
/// <param name="Apply">What becomes of the events; null where they end in other records.</param>
internal sealed record StageKind(string Name, Func<AppBuilder, StageRef> Add, Func<IEnumerable<Event>, IEnumerable<Event>>? Apply)
{
    /// <summary>Whether equal keys meet.</summary>
    public bool IsKeyed { get; init; }

    /// <summary>Whether it groups by another key than that of the events.</summary>
    public bool GroupsAnew { get; init; }

    /// <summary>Whether the events keep the key by which the stage is partitioned.</summary>
    public bool KeepsKey { get; init; } = true;

    /// <summary>Whether its results depend on event time, so that nothing may be late.</summary>
    public bool NeedsTime { get; init; }

    /// <summary>Whether a step of it throws on poison.</summary>
    public bool Throws { get; init; }

    public static IReadOnlyList<StageKind> All { get; } =
    [
        new("drop-thirds", app => app.Stage<DropThirds>(), events => events.Where(e => e.Id % 3 != 0)),
        new("shift", app => app.Stage<Shift>(), events => events.Select(e => e with { Id = (e.Id * 31) + 7 })) { Throws = true },
        new("repeat", app => app.Stage<Repeat>(), events => events.SelectMany(e => Enumerable.Range(0, (int)Math.Max(0, e.Id % 3)).Select(i => e with { Id = (e.Id * 5) + i, Step = (e.Step * 2) + i }))),
        new("rekey", app => app.Stage<Rekey>(), events => events.Select(e => e with { Key = (int)Math.Abs(e.Id % 5), Lane = (e.Lane * 1009) + e.Key })) { KeepsKey = false },
        new("sequence", app => app.Stage<Sequence>(), events => events.Select(e => e with { Value = 1 })) { IsKeyed = true, Throws = true },
        new(Plan.Enrich, app => app.Stage<Enrich>(), events => events.Where(e => Plan.HasFactor(e.Key)).Select(Plan.Multiplied)) { IsKeyed = true },
        new("count-windows", app => app.Stage<CountWindows>(), CountWindows) { IsKeyed = true, NeedsTime = true },
        new("group-windows", app => app.Stage<GroupWindows>(), GroupWindows) { IsKeyed = true, GroupsAnew = true, NeedsTime = true },
        new(Plan.NoteWindows, app => app.Stage<NoteWindows>(), NoteWindows) { KeepsKey = false, NeedsTime = true },
        new(Plan.Totals, app => app.Stage<Totals>(), null) { IsKeyed = true },
        new(Plan.LateWindows, app => app.Stage<LateWindows>(), null) { IsKeyed = true },
        new(Plan.CorrectedWindows, app => app.Stage<CorrectedWindows>(), null) { IsKeyed = true },
    ];

    private static IEnumerable<Event> CountWindows(IEnumerable<Event> events) =>
        from e in events
        group e by (e.Key, Window: e.At / 1000) into window
        select new Event(window.Key.Key, 1, (int)(window.Key.Window % 99_999_989), 0, window.Sum(e => e.Id) + (1_000_003L * window.Count()), (window.Key.Window * 1000) + 999);

    private static IEnumerable<Event> GroupWindows(IEnumerable<Event> events) =>
        from e in events
        where e.Id % 4 != 1
        group e by (Key: e.Key % 3, Window: (e.At - 100) / 700) into window
        let ids = window.Aggregate(0L, (ids, e) => ids ^ e.Id)
        select new Event(window.Key.Key, 2, (int)(window.Key.Window % 99_999_989), 0, (ids * 3) + Math.Max(0, window.Max(e => e.Id)) + window.Count(), (window.Key.Window * 700) + 799);

    private static IEnumerable<Event> NoteWindows(IEnumerable<Event> events) =>
        from e in events
        group e by (Letter: e.Key % 26, Length: 1 + (e.Key % 4), Window: e.At / 1300) into window
        select new Event('a' + window.Key.Letter + (100 * window.Key.Length), 3, (int)(window.Key.Window % 99_999_989), 0, window.Sum(e => e.Id) + (1_000_003L * window.Count()), (window.Key.Window * 1300) + 1299);
}
