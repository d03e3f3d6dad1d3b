namespace Flowgen.Runtime;

/// <summary>Results: at the end of a window, and corrections after it.</summary>
public sealed partial class WindowStore<TKey, TKeyCodec, TAcc, TAccCodec>
{
    private DueState _due;
    private int _firstUnfired;

    /// <summary>The window that is due, after <see cref="NextDue"/> or <see cref="NextCorrected"/> returned true.</summary>
    public DueWindow<TKey, TKeyCodec, TAcc, TAccCodec> Due => new(_due.Pane!, WindowAt(_due.Pane!.Start), _due.Kind);

    /// <summary>Goes to the next window whose end the watermark has passed, in the order of time:
    /// <c>while (store.NextDue(watermark)) foreach (var entry in store.Due) …</c>. Call it until it returns false.</summary>
    /// <param name="watermark">Unix milliseconds. <see cref="long.MaxValue"/> closes every window at the end of a bounded input; it is
    /// not kept as a watermark, so that later input goes on normally.</param>
    /// <returns>Whether <see cref="Due"/> is a window.</returns>
    public bool NextDue(long watermark)
    {
        EndDue();
        if (watermark != long.MaxValue && watermark > _watermark)
        {
            _watermark = watermark;
            _lateUntil = Before(watermark, _size + _lateness);
        }

        ReadOnlySpan<WindowPane<TKey, TKeyCodec, TAcc, TAccCodec>> panes = _panes.All;
        while (_firstUnfired < panes.Length && panes[_firstUnfired].IsFired) _firstUnfired++;
        if (_firstUnfired < panes.Length && panes[_firstUnfired].Start <= Before(watermark, _size))
        {
            _due = new DueState(panes[_firstUnfired], FiringKind.OnTime);
            return true;
        }

        DropExpired();
        return false;
    }

    /// <summary>Goes to the next window that late records have changed since the last call that returned false, in the order of time.
    /// Call it at the end of each batch until it returns false.</summary>
    /// <returns>Whether <see cref="Due"/> is a window; it holds the changed entries only.</returns>
    public bool NextCorrected()
    {
        EndDue();
        if (_corrected.Count == 0) return false;
        int earliest = 0;
        for (int i = 1; i < _corrected.Count; i++)
        {
            if (_corrected[i].Start < _corrected[earliest].Start) earliest = i;
        }

        _due = new DueState(_corrected[earliest], FiringKind.Correction);
        _corrected.RemoveAt(earliest);
        return true;
    }

    private static long Before(long watermark, long span) => watermark < long.MinValue + span ? long.MinValue : watermark - span;

    private void EndDue()
    {
        if (_due.Pane is not { } pane) return;
        if (_due.Kind == FiringKind.Correction) pane.EndCorrections();
        else EndFiring(pane);
        _due = default;
    }

    private void EndFiring(WindowPane<TKey, TKeyCodec, TAcc, TAccCodec> pane)
    {
        if (_openTable == pane.Table) _openTable = null;
        bool canBeCorrected = _lateness > 0 && !IsLate(pane.Start);
        if (!canBeCorrected)
        {
            Drop(_panes.Find(pane.Start));
            return;
        }

        pane.Fire();
        pane.HasJustFired = true;
    }

    private void DropExpired()
    {
        while (_panes.All.Length > 0 && _panes.All[0] is { IsFired: true, Pending.Count: 0 } oldest && IsLate(oldest.Start)) Drop(0);
    }

    private readonly record struct DueState(WindowPane<TKey, TKeyCodec, TAcc, TAccCodec>? Pane, FiringKind Kind);
}
