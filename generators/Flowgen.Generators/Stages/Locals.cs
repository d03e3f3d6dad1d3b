namespace Flowgen.Generators.Stages;

/// <summary>The names of local variables that come from the user's types, apart from those that the loop has itself.</summary>
internal static class Locals
{
    private static readonly HashSet<string> Own =
    [
        "batch", "record", "records", "value", "reader", "to", "time", "times", "key", "start", "state", "window", "entry", "accumulator", "isNew", "watermark", "row", "rows", "port", "stage", "i", "j", "k",
    ];

    /// <summary>The name of a record's variable.</summary>
    public static string Record(string name) => Own.Contains(name) ? name + "Record" : name;

    /// <summary>The name of a list of records.</summary>
    public static string List(string name) => Own.Contains(name) ? name + "List" : name;
}
