namespace Consumer;

/// <summary>A mean that grows.</summary>
public record struct Mean
{
    private double _sum;

    /// <summary>How many values it holds.</summary>
    public long Count { get; private set; }

    /// <summary>The mean of its values.</summary>
    public readonly double Value => _sum / Count;

    /// <summary>Takes a value.</summary>
    /// <param name="value">The value.</param>
    public void Add(double value)
    {
        _sum += value;
        Count++;
    }
}
