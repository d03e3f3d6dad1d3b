using System.Numerics;

namespace Flowgen;

/// <summary>An accumulator for the smallest and the largest of numbers.</summary>
/// <typeparam name="T">The type of the numbers.</typeparam>
public struct Extent<T> : IMergeable<Extent<T>>, IEquatable<Extent<T>>
    where T : struct, INumber<T>
{
    /// <summary>The smallest number; default if there is none.</summary>
    public T Min { readonly get; private set; }

    /// <summary>The largest number; default if there is none.</summary>
    public T Max { readonly get; private set; }

    /// <summary>How many numbers there are.</summary>
    public long Count { readonly get; private set; }

    /// <summary>Whether two accumulators hold the same.</summary>
    /// <param name="left">One accumulator.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Extent<T> left, Extent<T> right) => left.Equals(right);

    /// <summary>Whether two accumulators differ.</summary>
    /// <param name="left">One accumulator.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Extent<T> left, Extent<T> right) => !left.Equals(right);

    /// <summary>Adds a number.</summary>
    /// <param name="value">The number.</param>
    public void Add(T value)
    {
        if (Count == 0 || value < Min) Min = value;
        if (Count == 0 || value > Max) Max = value;
        Count++;
    }

    /// <inheritdoc/>
    public void Merge(in Extent<T> other)
    {
        if (other.Count == 0) return;
        if (Count == 0 || other.Min < Min) Min = other.Min;
        if (Count == 0 || other.Max > Max) Max = other.Max;
        Count += other.Count;
    }

    /// <inheritdoc/>
    public readonly bool Equals(Extent<T> other) => Min.Equals(other.Min) && Max.Equals(other.Max) && Count == other.Count;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Extent<T> other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(Min, Max, Count);
}
