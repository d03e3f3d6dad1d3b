using Flowgen.Parsing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Writing;

/// <summary>How types are called in one generated file: short where the file's namespace or its usings know them, in full where some names are hidden.</summary>
internal sealed class TypeNames(string @namespace, EquatableArray<string> hidden, string? around = null)
{
    private const string Global = "global::";

    /// <summary>A type of the user.</summary>
    public string Of(TypeRef type) =>
        !hidden.IsEmpty || type.ShortName.IndexOf('<') >= 0 || type.Namespace.Length == 0 ? type.FullName
        : type.Namespace == @namespace ? Inside(type.ShortName)
        : type.Namespace is "Flowgen" or "System" && GeneratedWords.NamespaceOf(type.ShortName) == type.Namespace ? type.ShortName
        : type.FullName;

    /// <summary>A type by its full name, such as a codec that is generated in another file.</summary>
    public string Of(string fullName)
    {
        string prefix = Global + @namespace + ".";
        if (!hidden.IsEmpty || @namespace.Length == 0 || !fullName.StartsWith(prefix, StringComparison.Ordinal)) return fullName;
        string rest = fullName.Substring(prefix.Length);
        return rest.IndexOf('.') < 0 ? rest : fullName;
    }

    private string Inside(string shortName) =>
        around is not null && shortName.StartsWith(around + ".", StringComparison.Ordinal) ? shortName.Substring(around.Length + 1) : shortName;

    /// <summary>A predefined key codec, for which there is a using.</summary>
    public static string Runtime(string fullName)
    {
        const string Prefix = Global + "Flowgen.Runtime.";
        return fullName.StartsWith(Prefix, StringComparison.Ordinal) ? fullName.Substring(Prefix.Length) : fullName;
    }
}
