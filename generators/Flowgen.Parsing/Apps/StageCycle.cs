using Flowgen.Parsing.Models;

namespace Flowgen.Parsing;

/// <summary>Stages that feed each other. A table in between breaks the circle: it is read as it is, without waiting.</summary>
internal static class StageCycle
{
    /// <summary>The names of the stages on a circle, the first one again at the end; null: there is none.</summary>
    public static List<string>? Find(IReadOnlyList<AppMember> members)
    {
        ILookup<string, AppMember> readers = members.SelectMany(stage => stage.Summary.Inputs.Select(input => (Wire: AppMember.WireOf(input), Stage: stage))).ToLookup(r => r.Wire, r => r.Stage);
        var done = new HashSet<AppMember>();
        foreach (AppMember stage in members)
            if (Follow(stage, readers, [], done) is { } cycle) return cycle;
        return null;
    }

    private static List<string>? Follow(AppMember stage, ILookup<string, AppMember> readers, List<AppMember> path, HashSet<AppMember> done)
    {
        int start = path.IndexOf(stage);
        if (start >= 0) return [.. path.Skip(start).Append(stage).Select(s => s.Summary.Type.ShortName)];
        if (done.Contains(stage)) return null;

        path.Add(stage);
        foreach (OutputModel output in stage.Summary.Outputs)
            foreach (AppMember next in readers[AppMember.WireOf(output)])
                if (Follow(next, readers, path, done) is { } cycle) return cycle;
        path.RemoveAt(path.Count - 1);
        done.Add(stage);
        return null;
    }
}
