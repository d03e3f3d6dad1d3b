using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Flowgen.TestKit;

/// <summary>Walks what can be reached from a value, to find what must not be kept.</summary>
public static class ObjectGraph
{
    /// <summary>Finds something of the compiler that would keep a compilation alive or break caching.</summary>
    /// <param name="root">A cached value.</param>
    /// <returns>The path to the first symbol, syntax, location, compilation or semantic model; null: there is none.</returns>
    public static string? FindCompilerObject(object? root) => Find(root, "value", new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static string? Find(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value)) return null;
        if (value is ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or Location or Compilation or SemanticModel or AttributeData) return $"{path}: {value.GetType()}";
        if (value is Type or Pointer or Delegate { Target: null }) return null;
        if (value is IEnumerable items and not string)
        {
            int index = 0;
            foreach (object? item in items)
                if (Find(item, $"{path}[{index++}]", seen) is { } inItem) return inItem;
        }

        return value is Array ? null : FindInFields(value, path, seen);
    }

    private static string? FindInFields(object value, string path, HashSet<object> seen)
    {
        for (Type? type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                if (!field.FieldType.IsPointer && Find(field.GetValue(value), $"{path}.{field.Name}", seen) is { } found) return found;
        return null;
    }
}
