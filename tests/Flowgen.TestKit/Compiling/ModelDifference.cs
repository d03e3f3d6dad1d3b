using System.Collections;
using System.Reflection;

namespace Flowgen.TestKit;

/// <summary>Says where two models differ, so that a failed comparison need not print both of them.</summary>
public static class ModelDifference
{
    /// <summary>Finds the first difference of two models.</summary>
    /// <param name="expected">The one.</param>
    /// <param name="actual">The other.</param>
    /// <returns>The path and both values; null: they are equal.</returns>
    public static string? Find(object? expected, object? actual) => Find(expected, actual, "model");

    private static string? Find(object? expected, object? actual, string path)
    {
        if (Equals(expected, actual)) return null;
        if (expected is null || actual is null || expected.GetType() != actual.GetType() || expected is string or ValueType and not IEnumerable)
            return $"{path}: {expected ?? "null"} ≠ {actual ?? "null"}";
        if (expected is IEnumerable expectedItems && actual is IEnumerable actualItems)
            return FindInItems([.. expectedItems.Cast<object?>()], [.. actualItems.Cast<object?>()], path);
        foreach (PropertyInfo property in expected.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0))
            if (Find(property.GetValue(expected), property.GetValue(actual), $"{path}.{property.Name}") is { } difference) return difference;
        return $"{path}: {expected} ≠ {actual}";
    }

    private static string? FindInItems(object?[] expected, object?[] actual, string path)
    {
        for (int i = 0; i < Math.Min(expected.Length, actual.Length); i++)
            if (Find(expected[i], actual[i], $"{path}[{i}]") is { } difference) return difference;
        return $"{path}: {expected.Length} items ≠ {actual.Length} items";
    }
}
