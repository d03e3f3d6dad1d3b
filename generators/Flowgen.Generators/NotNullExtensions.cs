using Microsoft.CodeAnalysis;

namespace Flowgen.Generators;

internal static class NotNullExtensions
{
    /// <summary>Leaves out the nulls.</summary>
    public static IncrementalValuesProvider<T> NotNull<T>(this IncrementalValuesProvider<T?> values)
        where T : class =>
        values.Where(value => value is not null)!;
}
