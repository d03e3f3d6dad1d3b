using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>A window whose results are to be emitted, for <c>foreach</c>. The store must not change meanwhile.</summary>
/// <typeparam name="TKey">The key type.</typeparam>
/// <typeparam name="TKeyCodec">How keys are hashed and written.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
/// <typeparam name="TAccCodec">How accumulators are written.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct DueWindow<TKey, TKeyCodec, TAcc, TAccCodec>
    where TKey : notnull
    where TKeyCodec : struct, IKeyCodec<TKey>
    where TAccCodec : struct, IStateCodec<TAcc>
{
    private readonly WindowPane<TKey, TKeyCodec, TAcc, TAccCodec> _pane;
    private readonly FiringKind _kind;
    private int _next;

    internal DueWindow(WindowPane<TKey, TKeyCodec, TAcc, TAccCodec> pane, Window window, FiringKind kind)
    {
        _pane = pane;
        _kind = kind;
        Window = window;
        Count = kind == FiringKind.Correction ? pane.Pending.Count : pane.Table.Used;
    }

    /// <summary>The window.</summary>
    public Window Window { get; }

    /// <summary>Number of entries.</summary>
    public int Count { get; }

    /// <summary>The entry.</summary>
    public readonly DueEntry<TKey, TAcc> Current
    {
        get
        {
            int position = _kind == FiringKind.Correction ? _pane.Pending[_next - 1] : _next - 1;
            int revision = _pane.EmittedAt(position);
            var firing = new Firing(revision == 0 ? FiringKind.OnTime : FiringKind.Correction, revision);
            return new DueEntry<TKey, TAcc>(_pane.Table.KeyAt(position), ref _pane.Table.ValueAt(position), firing);
        }
    }

    /// <summary>For <c>foreach</c>.</summary>
    /// <returns>This.</returns>
    public readonly DueWindow<TKey, TKeyCodec, TAcc, TAccCodec> GetEnumerator() => this;

    /// <summary>Goes to the next entry.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext() => _next++ < Count;
}

/// <summary>A key, its accumulator, and why its result is emitted.</summary>
/// <typeparam name="TKey">The key type.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct DueEntry<TKey, TAcc>
    where TKey : notnull
{
    private readonly ref readonly TAcc _value;

    internal DueEntry(TKey key, ref readonly TAcc value, Firing firing)
    {
        Key = key;
        _value = ref value;
        Firing = firing;
    }

    /// <summary>The key.</summary>
    public TKey Key { get; }

    /// <summary>The accumulator.</summary>
    public ref readonly TAcc Value => ref _value;

    /// <summary>On time, or the number of the correction.</summary>
    public Firing Firing { get; }
}
