namespace Flowgen;

/// <summary>An accumulator for the mean of numbers.</summary>
public struct Mean : IMergeable<Mean>, IRetractable<Mean>, IEquatable<Mean>
{
    /// <summary>The sum of the numbers.</summary>
    public double Sum { readonly get; private set; }

    /// <summary>How many numbers there are.</summary>
    public long Count { readonly get; private set; }

    /// <summary>The mean; NaN if there is no number.</summary>
    public readonly double Value => Count == 0 ? double.NaN : Sum / Count;

    /// <summary>Whether two accumulators hold the same.</summary>
    /// <param name="left">One accumulator.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Mean left, Mean right) => left.Equals(right);

    /// <summary>Whether two accumulators differ.</summary>
    /// <param name="left">One accumulator.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Mean left, Mean right) => !left.Equals(right);

    /// <summary>Adds a number.</summary>
    /// <param name="value">The number.</param>
    public void Add(double value)
    {
        Sum += value;
        Count++;
    }

    /// <summary>Takes away a number that was added before.</summary>
    /// <param name="value">The number.</param>
    public void Remove(double value)
    {
        Sum -= value;
        Count--;
    }

    /// <inheritdoc/>
    public void Merge(in Mean other)
    {
        Sum += other.Sum;
        Count += other.Count;
    }

    /// <inheritdoc/>
    public void Retract(in Mean other)
    {
        Sum -= other.Sum;
        Count -= other.Count;
    }

    /// <inheritdoc/>
    public readonly bool Equals(Mean other) => Sum.Equals(other.Sum) && Count == other.Count;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Mean other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(Sum, Count);
}
