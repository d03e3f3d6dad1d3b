namespace Flowgen.Architecture.Tests;

/// <summary>Types as C# writes them.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(Type type)
    {
        if (type.IsByRef) return Of(type.GetElementType()!);
        if (type.IsArray) return $"{Of(type.GetElementType()!)}[]";
        if (Nullable.GetUnderlyingType(type) is { } underlying) return $"{Of(underlying)}?";
        if (Keywords.TryGetValue(type, out string? keyword)) return keyword;
        if (type.IsGenericParameter) return type.Name;

        string name = type.Name.Split('`')[0];
        if (type.DeclaringType is { } outer) name = $"{Of(outer).Split('<')[0]}.{name}";
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>" : name;
    }

    public static string Headline(Type type)
    {
        string full = type.Namespace is null ? Of(type) : $"{type.Namespace}.{Of(type)}";
        IEnumerable<string> bases = BasesOf(type).Order(StringComparer.Ordinal);
        return $"{KindOf(type)} {full}{(bases.Any() ? $" : {string.Join(", ", bases)}" : "")}";
    }

    private static string KindOf(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type.IsValueType ? type.IsByRefLike ? "ref struct" : "struct"
        : type.IsAbstract && type.IsSealed ? "static class"
        : type.IsAbstract ? "abstract class"
        : type.IsSealed ? "sealed class" : "class";

    private static IEnumerable<string> BasesOf(Type type)
    {
        if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type)) return [];
        IEnumerable<Type> inherited = type.BaseType?.GetInterfaces() ?? [];
        IEnumerable<Type> own = type.GetInterfaces().Except(inherited).Where(each => !each.Name.StartsWith("IEquatable", StringComparison.Ordinal));
        bool plain = type.BaseType is null || type.BaseType == typeof(object) || type.BaseType == typeof(ValueType);
        return (plain ? [] : new[] { type.BaseType! }).Concat(own).Select(Of);
    }
}
