using System.ComponentModel;
using System.Runtime.CompilerServices;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>One value for each key, over all time: state of a <c>[Process]</c> step, or an accumulator without a window.</summary>
/// <typeparam name="TKey">The key type.</typeparam>
/// <typeparam name="TKeyCodec">How keys are hashed and written.</typeparam>
/// <typeparam name="TValue">The accumulator or state.</typeparam>
/// <typeparam name="TValueCodec">How values are written.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class KeyedStore<TKey, TKeyCodec, TValue, TValueCodec> : Store
    where TKey : notnull
    where TKeyCodec : struct, IKeyCodec<TKey>
    where TValueCodec : struct, IStateCodec<TValue>
{
    private readonly StateTable<TKey, TKeyCodec, TValue> _table = new(tracksChanges: true);

    /// <summary>An empty store.</summary>
    /// <param name="name">Unique in its operator.</param>
    public KeyedStore(string name)
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override long Entries => _table.Count;

    /// <inheritdoc/>
    public override long SizeInBytes => _table.SizeInBytes;

    /// <inheritdoc/>
    public override long ChangedBytes => _table.ChangedBytes;

    /// <inheritdoc/>
    public override string Layout => $"keyed {typeof(TKeyCodec).Name} {TValueCodec.Layout}";

    /// <summary>The entries touched since the last commit, in the order of their first touch, new ones last:
    /// <c>foreach (var entry in store.Touched)</c>.</summary>
    public TouchedEntries<TKey, TKeyCodec, TValue> Touched => new(_table);

    /// <summary>The value of a key; <c>default</c> if the key is new. The reference is valid until the next call.</summary>
    /// <param name="key">The key; it is copied if it borrows.</param>
    /// <param name="isNew">Whether the key was not there.</param>
    /// <returns>The value, to be changed in place.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref TValue Get(TKey key, out bool isNew) => ref _table.Get(key, out isNew);

    /// <summary>The value of a key; <c>default</c> if the key is new. The reference is valid until the next call.</summary>
    /// <param name="key">The key; it is copied if it borrows.</param>
    /// <returns>The value, to be changed in place.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref TValue Get(TKey key) => ref _table.Get(key, out _);

    /// <summary>Finds the value of a key without touching it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">A copy of the value.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(TKey key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TValue value)
    {
        int position = _table.Find(key);
        value = position < 0 ? default : _table.ValueAt(position);
        return position >= 0;
    }

    /// <summary>Removes a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(TKey key) => _table.Remove(key);

    /// <inheritdoc/>
    public override void WriteChanges(ByteBuffer to)
    {
        if (!_table.HasChanges) return;
        EntryWriter writer = default;
        _table.WriteChanges(ref writer, to);
    }

    /// <inheritdoc/>
    public override void BeginSnapshot() => _table.BeginWalk();

    /// <inheritdoc/>
    public override bool WriteSnapshotSlice(ByteBuffer to, int maxBytes)
    {
        ArgumentNullException.ThrowIfNull(to);
        EntryWriter writer = default;
        return _table.WriteSlice(ref writer, to, to.Length + maxBytes);
    }

    /// <inheritdoc/>
    public override void Reserve(long entries, long arriving) => _table.Reserve(entries, _table.Count + arriving);

    /// <inheritdoc/>
    public override void Apply(ref StateReader changes)
    {
        int entries = changes.ReadCount(minimumSize: 1);
        _table.Restore<TValueCodec>(ref changes, entries);

        int removals = changes.ReadCount(minimumSize: 1);
        for (int i = 0; i < removals; i++) _table.RestoreRemoval(TKeyCodec.Read(ref changes));
    }

    /// <inheritdoc/>
    public override void Clear() => _table.Clear();

    private struct EntryWriter : StateTable<TKey, TKeyCodec, TValue>.IEntryWriter
    {
        public readonly void Write(int position, in TValue value, ByteBuffer to) => TValueCodec.Write(in value, to);
    }
}
