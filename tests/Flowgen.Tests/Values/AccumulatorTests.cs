namespace Flowgen.Tests.Values;

public class AccumulatorTests
{
    [Fact]
    public void A_mean_adds_removes_merges_and_retracts()
    {
        Mean mean = default;
        Assert.True(double.IsNaN(mean.Value));
        mean.Add(1);
        mean.Add(2);
        mean.Add(9);
        Assert.Equal((4.0, 3L), (mean.Value, mean.Count));

        Mean other = default;
        other.Add(8);
        Mean merged = mean;
        merged.Merge(in other);
        Assert.Equal((5.0, 4L), (merged.Value, merged.Count));
        merged.Retract(in other);
        Assert.Equal(mean, merged);
        merged.Remove(9);
        Assert.Equal(1.5, merged.Value);
        Assert.True(merged != mean);
    }

    [Fact]
    public void An_extent_knows_the_smallest_and_the_largest_number()
    {
        Extent<int> extent = default;
        foreach (int number in new[] { -3, -8, -5 }) extent.Add(number);
        Assert.Equal((-8, -3, 3L), (extent.Min, extent.Max, extent.Count));

        Extent<int> empty = default;
        Extent<int> merged = extent;
        merged.Merge(in empty);
        Assert.Equal(extent, merged);
        empty.Merge(in extent);
        Assert.True(empty == extent);

        Extent<int> other = default;
        other.Add(7);
        merged.Merge(in other);
        Assert.Equal((-8, 7, 4L), (merged.Min, merged.Max, merged.Count));
    }
}
