using Flowgen.Parsing;

namespace Flowgen.Generators.Tests.Parsing;

public sealed class EquatableArrayTests
{
    [Fact]
    public void Arrays_with_equal_elements_are_equal()
    {
        EquatableArray<string> left = new(["a", "b"]), right = new(["a", "b"]);

        Assert.True(left == right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
    }

    [Fact]
    public void Order_and_length_matter()
    {
        Assert.True(new EquatableArray<string>(["a", "b"]) != new EquatableArray<string>(["b", "a"]));
        Assert.True(new EquatableArray<string>(["a"]) != new EquatableArray<string>(["a", "b"]));
    }

    [Fact]
    public void The_default_is_the_empty_array()
    {
        Assert.True(default(EquatableArray<string>) == new EquatableArray<string>([]));
        Assert.Empty(default(EquatableArray<string>));
        Assert.Equal(default(EquatableArray<string>).GetHashCode(), new EquatableArray<string>([]).GetHashCode());
    }
}
