using System.Reflection;
using System.Text;

namespace Flowgen.Architecture.Tests;

/// <summary>Prints what an assembly shows to its users: one line for each type and member, sorted, so that a change of the surface is a change of a file.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(TypeNames.Headline(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum) return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");
        if (typeof(Delegate).IsAssignableFrom(type)) return [Method(type.GetMethod("Invoke")!)];
        return type.GetFields(Declared).Where(IsVisible).Select(Field)
            .Concat(type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(IsVisible)).Select(Property))
            .Concat(type.GetEvents(Declared).Where(happening => IsVisible(happening.AddMethod!)).Select(happening => $"event {TypeNames.Of(happening.EventHandlerType!)} {happening.Name}"))
            .Concat(type.GetConstructors(Declared).Where(IsVisible).Select(constructor => $"new({Parameters(constructor)})"))
            .Concat(type.GetMethods(Declared).Where(method => IsVisible(method) && !IsNoise(method)).Select(Method));
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    /// <summary>Accessors stand with their properties; what the compiler writes for records says nothing.</summary>
    private static bool IsNoise(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal)
        || method.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is not null;

    private static string Field(FieldInfo field)
    {
        string kind = field.IsLiteral ? "const " : field.IsStatic ? "static " : "";
        return $"{kind}{(field.IsInitOnly ? "readonly " : "")}{TypeNames.Of(field.FieldType)} {field.Name}";
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo any = property.GetAccessors(true)[0];
        string accessors = string.Join(" ", property.GetAccessors(true).Where(IsVisible).Select(accessor => Accessor(property, accessor)).Order(StringComparer.Ordinal));
        string index = string.Join(", ", property.GetIndexParameters().Select(Parameter));
        return $"{Modifiers(any)}{TypeNames.Of(property.PropertyType)} {(index.Length == 0 ? property.Name : $"this[{index}]")} {{ {accessors} }}";
    }

    private static string Accessor(PropertyInfo property, MethodInfo accessor)
    {
        string reach = accessor.IsPublic ? "" : "protected ";
        if (accessor != property.SetMethod) return $"{reach}get;";
        bool isInit = accessor.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");
        return $"{reach}{(isInit ? "init" : "set")};";
    }

    private static string Method(MethodInfo method)
    {
        string arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        return $"{Modifiers(method)}{TypeNames.Of(method.ReturnType)} {method.Name}{arguments}({Parameters(method)})";
    }

    private static string Modifiers(MethodBase method) =>
        (method.IsPublic ? "" : "protected ") + (method.IsStatic ? "static " : "")
        + (method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "");

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string way = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        return $"{way}{TypeNames.Of(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "default"}" : "")}";
    }
}
