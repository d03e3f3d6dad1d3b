using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Flowgen.Runtime;

/// <summary>Strings of one reader: the same UTF-8 bytes give the same instance, so that repeated values allocate nothing.
/// Bounded: a new value takes the place of an older one with the same slot. Not thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StringPool
{
    /// <summary>Longer text is not pooled, in bytes.</summary>
    public const int MaxPooledBytes = 128;

    private const int Ways = 4;

    private readonly Slot[] _slots;
    private readonly int _mask;
    private int _clock;

    /// <summary>A pool with room for a number of values.</summary>
    /// <param name="capacity">Number of values, rounded up to a power of two; 4 to 1,048,576.</param>
    public StringPool(int capacity = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, Ways);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1 << 20);
        _slots = new Slot[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity)];
        _mask = _slots.Length - 1;
    }

    /// <summary>The string of UTF-8 bytes.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="text">The string.</param>
    /// <returns>False if the bytes are not strict UTF-8.</returns>
    public bool TryGet(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out string? text)
    {
        if (utf8.IsEmpty)
        {
            text = "";
            return true;
        }

        return utf8.Length > MaxPooledBytes ? TryDecode(utf8, out text) : TryGetPooled(utf8, out text);
    }

    private bool TryGetPooled(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out string? text)
    {
        ulong hash = KeyHash.Bytes(utf8);
        Span<Slot> set = _slots.AsSpan((int)hash & _mask & ~(Ways - 1), Ways);
        foreach (ref Slot slot in set)
        {
            if (slot.Hash != hash || slot.Text is null || !utf8.SequenceEqual(slot.Utf8)) continue;
            text = slot.Text;
            return true;
        }

        if (!TryDecode(utf8, out text)) return false;
        set[_clock++ & (Ways - 1)] = new Slot { Hash = hash, Utf8 = utf8.ToArray(), Text = text };
        return true;
    }

    private static bool TryDecode(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out string? text)
    {
        text = Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : null;
        return text is not null;
    }

    private struct Slot
    {
        public ulong Hash;
        public byte[]? Utf8;
        public string? Text;
    }
}
