namespace Flowgen.Parsing;

/// <summary>Names of the operators of a stage.</summary>
internal static class OperatorNames
{
    private static readonly string[] Suffixes = ["Operator", "Prepare", "Finish"];

    /// <summary>The class of an operator.</summary>
    /// <param name="stage">The name of the stage class.</param>
    /// <param name="distance">How many changes of the key lie between it and the core: 0 is the core, negative before, positive behind.</param>
    public static string Class(string stage, int distance) => stage + Suffix(distance);

    /// <summary>The node of an operator.</summary>
    public static string Node(string stage, int distance) => distance == 0 ? stage : $"{stage}.{NameText.Kebab(Suffix(distance))}";

    private static string Suffix(int distance) => distance switch
    {
        0 => Suffixes[0],
        -1 => Suffixes[1],
        1 => Suffixes[2],
        < 0 => Suffixes[1] + (-distance).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => Suffixes[2] + distance.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
