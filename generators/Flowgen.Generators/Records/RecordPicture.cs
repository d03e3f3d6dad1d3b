using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Records;

/// <summary>Draws a record: its members with number, type and role.</summary>
internal static class RecordPicture
{
    /// <summary>One line for each member, and one for how the record is stored.</summary>
    public static IEnumerable<string> Lines(RecordModel record)
    {
        int nameWidth = record.Shape.Members.Select(m => m.Name.Length).DefaultIfEmpty().Max();
        int typeWidth = record.Shape.Members.Select(m => TypeOf(m).Length).DefaultIfEmpty().Max();
        foreach (MemberModel member in record.Shape.Members)
            yield return $"{member.Number,3}  {member.Name.PadRight(nameWidth)}  {TypeOf(member).PadRight(typeWidth)}  {RoleOf(member)}";
        yield return "";
        yield return record.Layout is { } layout
            ? $"Stored as its memory: {layout.Stride} bytes for each record."
            : "Stored with a fixed part first, then the members of variable length.";
    }

    private static string TypeOf(MemberModel member) => member.Wire.Type.ShortName + (member.Wire.IsNullable ? "?" : "");

    private static string RoleOf(MemberModel member)
    {
        List<string> roles = [];
        if (member.KeyOrder >= 0) roles.Add("key");
        if (member.IsEventTime) roles.Add("event time");
        if (member.Header is not null) roles.Add($"header \"{member.Header}\"");
        if (member.IsSensitive) roles.Add("sensitive");
        return string.Join(", ", roles);
    }
}
