using System.Text;

namespace Flowgen.Parsing;

/// <summary>Names of topics, stages and variables.</summary>
public static class NameText
{
    private const int LongestTopicName = 249;

    /// <summary>Whether a text can name a topic, as in Kafka.</summary>
    /// <param name="name">The text.</param>
    /// <returns>True for 1 to 249 letters, digits, '.', '_' or '-' that are not only one or two dots.</returns>
    public static bool IsTopicName(string? name) =>
        name is { Length: > 0 and <= LongestTopicName } && name is not ("." or "..") && name.All(IsTopicCharacter);

    /// <summary>Writes a name with hyphens: <c>SensorAverage</c> becomes <c>sensor-average</c>.</summary>
    /// <param name="name">A name in any case, or a text that is no name.</param>
    /// <returns>Lower-case letters, digits, dots and hyphens.</returns>
    public static string Kebab(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (char.IsUpper(c) && i > 0 && text.Length > 0 && text[text.Length - 1] != '-' && StartsWord(name, i)) text.Append('-');
            if (c < 128 && (char.IsLetterOrDigit(c) || c == '.')) text.Append(char.ToLowerInvariant(c));
            else if (text.Length > 0 && text[text.Length - 1] != '-') text.Append('-');
        }

        return text.ToString().Trim('-', '.');
    }

    /// <summary>Writes a name in camel case, as variables have it.</summary>
    /// <param name="name">A name in Pascal case.</param>
    /// <returns>The name with a small first letter, and without capitals in a row at its start.</returns>
    public static string Camel(string name)
    {
        char[] text = name.ToCharArray();
        for (int i = 0; i < text.Length && char.IsUpper(text[i]); i++)
        {
            if (i > 0 && i + 1 < text.Length && char.IsLower(text[i + 1])) break;
            text[i] = char.ToLowerInvariant(text[i]);
        }

        return new string(text);
    }

    /// <summary>The plural of an English noun, well enough for the name of a field.</summary>
    /// <param name="noun">The noun.</param>
    /// <returns>Its plural.</returns>
    public static string Plural(string noun)
    {
        if (noun.EndsWith("s", StringComparison.Ordinal) || noun.EndsWith("x", StringComparison.Ordinal) || noun.EndsWith("ch", StringComparison.Ordinal) || noun.EndsWith("sh", StringComparison.Ordinal)) return noun + "es";
        bool endsInY = noun.Length > 1 && noun[noun.Length - 1] == 'y' && "aeiou".IndexOf(noun[noun.Length - 2]) < 0;
        return endsInY ? noun.Substring(0, noun.Length - 1) + "ies" : noun + "s";
    }

    private static bool StartsWord(string name, int i) =>
        !char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]));

    private static bool IsTopicCharacter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '_' or '-';
}
